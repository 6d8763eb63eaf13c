# Profils de répondeurs : page, rapport, ligne de commande.
stage-profiles = recherche de profils
report-profiles = Profils de répondeurs
profiles-none = Aucun profil de patients ne se distingue du hasard. C’est la réponse habituelle dans une cohorte de cette taille, et c’en est une : les patients diffèrent par degrés, non par espèces.
profiles-some = { $n ->
    [one] Un profil de patients se distingue du hasard. Il décrit
   *[other] { $n } profils de patients se distinguent du hasard. Ils décrivent
  } cette cohorte ; aucune chance de patient n’en est tirée.
profiles-refused = Ce qui a été cherché et n’est pas montré
profiles-about = Huit façons de chercher ont chacune été confrontées à 199 cohortes au plus qui n’ont aucun profil : les mêmes patients aux résultats mélangés ou, pour les groupes, une seule population aux mêmes distributions, corrélations et lacunes. Une façon n’est montrée que si aucune n’a atteint son chiffre : dans une cohorte sans profil, l’une des huit est montrée dans 4 cas sur 100 au plus. Les valeurs manquantes sont remplacées par la médiane ou le niveau le plus fréquent.
profiles-measures = Les groupes sont formés de ce que les patients rapportent avant la décision, sans le résultat : { $measures }.
profiles-impact = Les profils d’impact latents (qualité de vie portée par l’incapacité ou par la douleur) demandent qualité de vie, incapacité et douleur à plusieurs visites dans un modèle conjoint ; ils ne sont pas cherchés.
profile-method-tree = Arbre peu profond
profile-method-frequent-box = Où la réponse est fréquente
profile-method-rare-box = Où la réponse est rare
profile-method-k-means = { $k } groupes (k-moyennes)
profile-method-mixture = { $k } groupes (mélange gaussien)
profile-kept-tree = Parmi les patients que l’arbre n’avait pas vus, ceux des feuilles promises à mieux ont répondu plus souvent, de { $score } points. Dans { $n } cohortes sans profil, ce ne fut jamais autant (95e centile { $percentile }, maximum { $highest }).
profile-kept-box = En faire partie va avec le résultat (phi { $score }). Les meilleures limites de ce genre dans { $n } cohortes aux résultats mélangés n’ont jamais fait aussi bien (95e centile { $percentile }, maximum { $highest }). Parmi les patients que la recherche n’avait pas vus, la réponse différait de { $lift } points.
profile-kept-clusters = Les groupes reviennent dans les rééchantillons (indice de Jaccard moyen { $score }, indice de Rand ajusté { $rand }). Ceux de { $n } cohortes d’une seule population ne sont jamais revenus aussi bien (95e centile { $percentile }, maximum { $highest }).
profile-reached-tree = { $method } : parmi les patients non vus, la réponse différait de { $score } points. Parmi { $n } cohortes aux résultats mélangés, autant a été atteint { $reached ->
    [one] une fois
   *[other] { $reached } fois
  } (maximum { $highest }).
profile-reached-box = { $method } : les meilleures limites atteignent phi { $score }. Parmi { $n } cohortes aux résultats mélangés, autant a été atteint { $reached ->
    [one] une fois
   *[other] { $reached } fois
  } (maximum { $highest }).
profile-reached-clusters = { $method } : ils reviennent avec un indice de Jaccard de { $score }. Parmi { $n } cohortes d’une seule population, autant a été atteint { $reached ->
    [one] une fois
   *[other] { $reached } fois
  } (maximum { $highest }).
profile-outdone = { $method } : stables (indice de Jaccard { $score }), mais un autre nombre de groupes revient plus sûrement.
profile-repeated = { $method } : les mêmes groupes que ceux des k-moyennes, à quelques patients près.
profile-nothing = { $method } : rien n’a été trouvé qui partage les patients.
profile-no-measures = { $method } : il faut 80 patients et deux mesures rapportées avant la décision parmi les prédicteurs.
profile-too-few = { $method } : il faut 80 patients et un prédicteur qui varie.
profile-higher = plus élevé : { $what }
profile-lower = plus bas : { $what }
profile-level = { $label } : { $level }
profile-not-level = { $label } : pas { $level }
profile-between = { $label } de { $low } à moins de { $high }
profile-at-least = { $label } d’au moins { $low }
profile-below = { $label } inférieur à { $high }
profile-summary = { $n } patients sur { $all }, { $share } ont répondu ({ $range })
profile-cross-fitted = Les limites ont été choisies pour ce résultat, ce taux flatte donc : les ajustements qui n’avaient pas vu ces patients attendaient { $share }.
profile-predicted = Chance moyenne selon { $model } : { $share }.
profile-stable = Quand la recherche est refaite sur des rééchantillons, le profil revient avec un indice de Jaccard de { $jaccard } ; { $certain } de ses { $n } patients en font partie au moins { $share } des fois.
profile-unsure = Ses limites sont incertaines : un autre échantillon de tels patients les placerait ailleurs.
profile-typical = Patient typique : { $id }.
figure-fingerprint = Ce qui distingue ces patients
figure-fingerprint-axis = Différence avec les autres, écarts-types
figure-fingerprint-alt = { $name }. Plus grandes différences avec les autres patients, en écarts-types : { $traits }.
figure-profile = Profil
figure-profile-in = Dans le profil
figure-profile-out = Les autres
figure-profile-others = autres
figure-profile-share = Ont répondu
figure-profile-outcomes = Profil et résultat
figure-profile-outcomes-x = Profil, large comme sa part des patients
figure-profile-outcomes-y = Patients, %
figure-profile-outcomes-alt = Part des patients qui ont répondu. { $shares }.
page-profiles = Profils
    .tip = Groupes de patients que cette cohorte distingue du hasard
    .empty = Les profils décrivent les patients d’une analyse entraînée.
profiles-title = Y a-t-il des types de patients ?
profiles-lead = Description seulement : aucune chance n’est tirée d’un profil
profiles-offer = Cherche des groupes de patients qui ont quelque chose en commun, par des limites de quelques prédicteurs et par regroupement de ce que les patients rapportent, et ne montre que ceux que des cohortes sans groupe ne donnent jamais.
profiles-trying = Essai pour estimer la durée…
profiles-estimate = Cela prend au plus { $time }, moins s’il n’y a rien à trouver.
profiles-stop = Arrêter la recherche
profiles-number = Profil { $n }
profiles-done = La recherche de profils est terminée
profiles-next = Aller au rapport
command-profiles = Chercher des profils
    .tip = Cherche des groupes de patients que cette cohorte distingue du hasard
job-profiles = Recherche de profils
job-try-profiles = Essai pour estimer la durée de la recherche de profils
profile-member = Profil « { $name } » : dans { $share } des rééchantillonnages. Il décrit la cohorte et ne change aucune chance.
