# room model
