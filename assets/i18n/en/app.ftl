# room app
