# room outcome
