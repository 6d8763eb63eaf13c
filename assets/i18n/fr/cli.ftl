# room cli
