# room import
