# Noms des modèles, mesures, strates et méthodes, avec leurs définitions (au survol et dans le glossaire).
learner-logistic = Régression logistique
    .subject = Le modèle logistique
    .inner = le modèle logistique
    .definition = Additionne ce que dit chaque prédicteur ; ajustée par maximum de vraisemblance, sans pénalité. Sur une petite cohorte, elle devient trop sûre d’elle.
learner-firth = Régression de Firth
    .subject = Le modèle de Firth
    .inner = le modèle de Firth
    .definition = Une régression logistique avec la pénalité de Firth, qui ôte le biais des petits effectifs et reste finie quand un prédicteur sépare les répondeurs des autres. La constante est réglée pour que la chance moyenne soit la part de répondeurs (FLIC).
learner-ridge = Régression ridge
    .subject = Le modèle ridge
    .inner = le modèle ridge
    .definition = Une régression logistique retenue : une pénalité, choisie à l’intérieur des patients d’apprentissage, ramène chaque coefficient vers zéro.
learner-lasso = Régression lasso
    .subject = Le modèle lasso
    .inner = le modèle lasso
    .definition = Une régression logistique dont la pénalité ramène des coefficients exactement à zéro : elle garde peu de prédicteurs. Lesquels peut changer avec quelques patients.
learner-elastic-net = Elastic net
    .subject = L’elastic net
    .inner = l’elastic net
    .definition = Un mélange de ridge et de lasso : il écarte des prédicteurs, mais garde ensemble ceux qui disent la même chose.
learner-forest = Forêt
    .subject = La forêt
    .inner = la forêt
    .definition = La moyenne de nombreux arbres de décision, chacun construit sur une autre partie des patients. Elle trouve des seuils et des combinaisons qu’une somme ne peut pas montrer.
learner-naive-bayes = Bayes naïf
    .inner = Bayes naïf
    .definition = Pour comparaison seulement. Tient chaque prédicteur pour normalement distribué chez les répondeurs et chez les autres, et pour indépendant du reste.
learner-knn = Plus proches voisins
    .inner = les plus proches voisins
    .definition = Pour comparaison seulement. La part de répondeurs parmi les patients les plus semblables ; leur nombre est choisi à l’intérieur des patients d’apprentissage.
learner-svm = Machine à vecteurs de support
    .inner = la machine à vecteurs de support
    .definition = Pour comparaison seulement. Trace la frontière la plus large entre répondeurs et autres dans un espace courbe ; la mise à l’échelle de Platt fait de la distance à cette frontière une chance.
learner-extra-trees = Arbres extrêmement aléatoires
    .inner = les arbres extrêmement aléatoires
    .definition = Pour comparaison seulement. La moyenne de nombreux arbres de décision dont les coupures sont tirées au hasard.
learner-boosting = Boosting de gradient
    .inner = le boosting de gradient
    .definition = Pour comparaison seulement. Beaucoup de petits arbres l’un après l’autre, dont chacun corrige un peu ce que les précédents ont manqué.

measure-auc = AUC (statistique C)
    .definition = Entre deux patients, l’un répondeur et l’autre non : à quelle fréquence le répondeur a reçu la chance la plus élevée. 0,5 vaut pile ou face, 1 est parfait.
measure-brier = Score de Brier
    .definition = Distance quadratique moyenne entre la chance et ce qui est arrivé. 0 est parfait ; donner à tous la proportion de répondeurs fait 0,25 au plus. Plus bas, c’est mieux.
measure-scaled-brier = Score de Brier relatif
    .definition = Part du score de Brier de « tout le monde a la chance moyenne » que le modèle épargne. 0 : pas mieux que la moyenne ; 1 : parfait.
measure-log-loss = Perte logarithmique
    .definition = À quel point le modèle est surpris, en moyenne, par ce qui est arrivé ; une chance proche de 0 ou de 1 qui se révèle fausse coûte le plus. Donner à tous la proportion de répondeurs coûte 0,69 au plus. Plus bas, c’est mieux.
measure-nagelkerke-r2 = R² (Nagelkerke)
    .definition = Part de ce qu’il y a à expliquer que les chances expliquent, à l’échelle de la vraisemblance. 0 : pas mieux que la proportion de répondeurs donnée à tous ; en dessous de 0 : moins bien ; 1 : parfait.
measure-tjur-r2 = R² (Tjur)
    .definition = Chance moyenne des patients qui ont répondu, moins celle des autres. 0 : aucune différence ; 1 : parfait.
measure-calibration-intercept = Ordonnée de calibration
    .definition = Si les chances sont dans l’ensemble trop basses (au-dessus de 0) ou trop hautes (en dessous de 0), en log-cotes. 0 est juste.
measure-calibration-slope = Pente de calibration
    .definition = Si les chances s’étendent autant qu’elles le devraient. 1 est juste ; en dessous de 1 elles sont trop extrêmes, le modèle est trop sûr de lui ; au-dessus de 1, trop timides.
measure-oe-ratio = Observés sur attendus
    .definition = Répondeurs comptés sur répondeurs prédits. 1 est juste ; au-dessus de 1, plus de patients ont répondu que le modèle ne le disait.
measure-ici = ICI (erreur moyenne de calibration)
    .definition = Indice intégré de calibration : distance moyenne entre la chance et la proportion lissée de répondeurs à cette chance. 0 est juste.
measure-e50 = E50
    .definition = Distance médiane entre la chance et la proportion lissée de répondeurs à cette chance.
measure-e90 = E90
    .definition = La distance entre chance et proportion lissée que neuf patients sur dix ne dépassent pas.
measure-emax = Emax
    .definition = La plus grande distance entre chance et proportion lissée, tous patients confondus.
measure-eci = ECI
    .definition = Indice estimé de calibration : moyenne du carré de la distance entre la chance et la proportion lissée de répondeurs à cette chance. 0 est juste.

stratum-unlikely = réponse peu probable
    .definition = Toute l’étendue de la chance est en dessous du seuil bas.
stratum-uncertain = une chance sur deux environ
    .definition = Toute l’étendue de la chance est entre les deux seuils.
stratum-likely = réponse probable
    .definition = Toute l’étendue de la chance est au-dessus du seuil haut.
stratum-below-threshold = sous le seuil
stratum-above-threshold = à partir du seuil
stratum-part = { $place ->
    [lowest] groupe { $at } sur { $of }, chances les plus basses
    [highest] groupe { $at } sur { $of }, chances les plus hautes
   *[between] groupe { $at } sur { $of }
}
stratum-undetermined = indéterminé
    .definition = L’étendue de la chance franchit un seuil : entraîné sur d’autres patients semblables, le modèle aurait pu dire autre chose. À discuter.

correction-optimism = corrigée de l’optimisme
    .definition = La valeur apparente moins l’optimisme trouvé par le bootstrap de Harrell : toute la recette est réentraînée sur chaque rééchantillon et essayée sur tous les patients. L’AUC est corrigée par la règle .632+ à partir des mêmes rééchantillons, car la correction de Harrell laisse une part de son optimisme quand les paramètres sont nombreux.
correction-out-of-bag = hors sac (out-of-bag)
    .definition = Chaque patient n’est jugé que par les arbres qui ne l’ont pas vu.
correction-cross-validation = par validation croisée
    .definition = Chaque patient n’est jugé que par des modèles entraînés sans lui.

risk-source-out-of-bag = par les arbres qui n’ont pas vu le patient
risk-source-out-of-fold = par des modèles entraînés sans le patient
risk-source-new-patient = par le modèle final ; le patient n’est pas dans la cohorte

limits-wald = intervalle de confiance à 95 % (Wald)
    .definition = Limites : intervalles de confiance de Wald à 95 %, l’estimation et environ deux erreurs types de chaque côté.
limits-profile = intervalle de confiance à 95 % (vraisemblance profilée)
    .definition = Limites : intervalles de confiance à 95 % de la vraisemblance profilée, qui n’entourent pas forcément l’estimation à parts égales et tiennent mieux que ceux de Wald dans une petite cohorte. La valeur p est celle de Wald.
limits-penalised-profile = intervalle de confiance à 95 % (vraisemblance pénalisée profilée)
    .definition = Limites : intervalles de confiance à 95 % de la vraisemblance pénalisée profilée de Firth. La valeur p est celle de Wald. La constante est réglée à part et n’en a pas.
limits-refit-range = étendue sur réentraînements
    .definition = Limites : étendue sur réentraînements, ce n’est pas un intervalle de confiance. Ce sont les 95 % centraux des coefficients quand le modèle est réentraîné sur des demi-échantillons ; une pénalité ramène les estimations vers zéro, et un intervalle autour d’elles couvrirait moins qu’il ne l’annonce.

odds-ratio = Rapport de cotes
    .definition = Par combien la cote de la réponse est multipliée pour le pas indiqué à côté, les autres prédicteurs restant les mêmes. 1 ne change rien.

criterion-shrinkage = Rétrécissement de 0,9 ou mieux : le modèle garde neuf dixièmes de son étendue chez de nouveaux patients
criterion-optimism = Variation expliquée (R² de Nagelkerke) surestimée de 0,05 au plus
criterion-overall-risk = Proportion globale de répondeurs connue à 0,05 près
criterion-mape = Erreur absolue moyenne d’une chance de 0,05 au plus

summary-auc-very-good = { $model } distingue très bien les répondeurs des autres (AUC { $auc }) et { $calibration }. Une valeur aussi élevée est rare pour cette question : cherchez un prédicteur qui connaît déjà le résultat.
summary-auc-good = { $model } distingue bien les répondeurs des autres (AUC { $auc }) et { $calibration }.
summary-auc-moderate = { $model } distingue modérément les répondeurs des autres (AUC { $auc }) et { $calibration }.
summary-auc-weak = { $model } ne distingue que faiblement les répondeurs des autres (AUC { $auc }) et { $calibration }.
summary-auc-chance = { $model } : sur cette cohorte, rien ne montre que les répondeurs soient distingués des autres ; l’AUC ({ $auc }) ne fait peut-être pas mieux que le hasard.
summary-auc-unknown = { $model } : l’AUC n’a pas pu être calculée ; on ne peut rien dire de la distinction entre répondeurs et autres.
summary-no-interval = { $auc }, sans intervalle
summary-slope-extreme = donne des chances trop tranchées (pente { $slope })
summary-slope-a-little-extreme = donne des chances un peu trop tranchées (pente { $slope })
summary-slope-right = donne des chances à peu près aussi tranchées qu’il convient (pente { $slope })
summary-slope-a-little-timid = donne des chances un peu trop timides (pente { $slope })
summary-slope-timid = donne des chances trop timides (pente { $slope })
summary-slope-uncertain = sa calibration est incertaine (pente { $slope }, { $range })
summary-not-converged = { $models } { $n ->
    [one] n’a
   *[other] n’ont
    } pas convergé sur cette cohorte ; { $n ->
    [one] ses
   *[other] leurs
    } valeurs ne veulent rien dire
summary-slope-disagreed = sa calibration est incertaine (pente { $slope } corrigée, { $crossed } en validation croisée)
summary-slope-unknown = sa pente de calibration n’a pas pu être calculée
summary-same = cette cohorte ne permet pas de départager { $others } et { $first }
summary-better = sur les mêmes patients, { $others } { $n ->
    [one] fait
   *[other] font
    } mieux que { $first }
summary-worse = sur les mêmes patients, { $others } { $n ->
    [one] fait
   *[other] font
    } moins bien que { $first }
summary-not-comparable = { $others } et { $first } ne sont pas comparés : il manque une AUC ou son intervalle
summary-doubted = La validation croisée ne donne qu’une AUC de { $auc } pour { $model } : croyez la valeur la plus basse.
summary-other-extreme = { $model } donne des chances trop tranchées (pente { $slope }).
summary-other-timid = { $model } donne des chances trop timides (pente { $slope }).
summary-and = {" ; "}
summary-rivals = de proposer à tous ou à personne
summary-rivals-trial = de proposer à tous ou à personne, ou de suivre le test
summary-benefit = Avec { $model }, agir d’après les chances rapporte plus que { $rivals } quand une chance de { $range } suffit pour agir.
summary-no-benefit = Avec { $model }, agir d’après les chances ne rapporte à aucun seuil plus que { $rivals }.
summary-moves = Un nouvel entraînement sur la moitié des patients déplace la chance d’un patient de { $points } points en moyenne ; { $undetermined } patients sur { $n } sont indéterminés.

auc-limits-optimism = { $model } : les limites de l’AUC sont celles de DeLong, déplacées vers l’estimation corrigée. Elles sont trop étroites : en simulation, elles contenaient la vérité dans 86 à 90 % des cohortes là où elles annoncent 95 %, car elles ignorent que le modèle lui-même serait différent sur une autre cohorte.
auc-limits-cross-validation = { $model } : les limites de l’AUC sont celles de DeLong, déplacées vers l’estimation de la validation croisée. Elles sont trop étroites, car elles ignorent que le modèle lui-même serait différent sur une autre cohorte.
auc-limits-out-of-bag = { $model } : les limites de l’AUC sont celles de DeLong sur les chances hors sac. Elles sont trop étroites : en simulation, elles contenaient la vérité dans 83 % des cohortes là où elles annoncent 95 %, car elles ignorent que le modèle lui-même serait différent sur une autre cohorte.
auc-limits-two-stage = { $model } : les limites de l’AUC sont à 1,96 écart type de part et d’autre, sur des rééchantillons de patients qui ont refait tout l’apprentissage et toute la correction (bootstrap à deux étages).
auc-limits-jackknife = { $model } : les limites de l’AUC sont à 1,96 écart type de part et d’autre, par un jackknife qui reconstruit la forêt de nombreuses fois sans un cinquième des patients. Dans des cohortes simulées, elles sont plutôt trop larges : elles contiennent la valeur dans 99 cas sur 100.

strata-by-hand = Seuils fixés à la main : { $cuts }.
strata-by-quantiles = Découpage en { $n } groupes d’effectifs à peu près égaux selon les chances de ce modèle dans cette cohorte ; seuils en pour cent entiers : { $cuts }. Un autre modèle ou une autre cohorte en aurait d’autres.
strata-fewer = { $asked } groupes étaient demandés ; là où les chances sont égales en pour cent entiers, des groupes se confondent, et il en reste { $parts }.
strata-by-threshold = Un seul seuil, la chance à partir de laquelle l’équipe agirait : { $cuts }.
