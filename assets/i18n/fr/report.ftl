# room report
