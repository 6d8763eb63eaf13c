# Words that every room uses.
range = { $low } to { $high }
place-sheet = sheet { $name }
place-row = row { $row }
place-column = column { $name }
issue-cancelled = The work was stopped.
synthetic = synthetic, not for clinical use
not-a-device = Not a medical device; for research and discussion.
severity-note = note
severity-warning = warning
severity-error = error
yes = yes
no = no
unknown = unknown
