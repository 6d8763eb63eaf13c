# room dictionary
