# room study
