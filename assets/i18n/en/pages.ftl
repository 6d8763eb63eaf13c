# room pages
