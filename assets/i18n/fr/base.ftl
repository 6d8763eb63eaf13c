# Mots communs à toutes les pièces.
range = { $low } à { $high }
place-sheet = feuille { $name }
place-row = ligne { $row }
place-column = colonne { $name }
issue-cancelled = Le travail a été arrêté.
synthetic = synthétique, ne pas utiliser en clinique
not-a-device = N’est pas un dispositif médical ; pour la recherche et la discussion.
severity-note = note
severity-warning = avertissement
severity-error = erreur
yes = oui
no = non
unknown = inconnu
