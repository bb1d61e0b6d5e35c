"""Thirty proposals of the demo told again in other words, by hand; the code of each."""

REWORDED = {
    "P01": "Bus d'échange interservices. Les données passent d'un service à l'autre par des "
    "fichiers copiés un à un ; un changement d'adresse doit être ressaisi partout. On "
    "documenterait les interfaces et chaque donnée n'aurait qu'une source.",
    "P03": "Tableau de bord de la citoyenne et du citoyen. Il faut appeler pour savoir où en "
    "est sa demande, son paiement ou son inscription aux loisirs. Un dossier unifié, "
    "avec l'historique et les échéances à venir.",
    "P05": "Panel de volontaires pour essayer nos services numériques. Les défauts ne se "
    "découvrent qu'après le lancement, par les plaintes. On indemniserait des personnes "
    "pour des séances d'essai en bibliothèque.",
    "P07": "Remplacement du logiciel du 311. Le fournisseur ne le corrige plus et les demandes "
    "sont fermées sans réponse. Le suivi serait le même au téléphone et en ligne, avec "
    "photo.",
    "P09": "Nouveau système intégré de bibliothèque. L'actuel tombe souvent en panne et oblige "
    "à se déplacer pour s'abonner. Un catalogue commun en logiciel libre pour tout le "
    "réseau.",
    "P11": "Renouveler sa vignette de stationnement sur le Web. Le passage au comptoir est "
    "long et l'autocollant arrive trop tard. La plaque suffirait aux agents pour "
    "vérifier le droit.",
    "P13": "Système unique d'avis à la population. Ébullition, collectes, travaux : chaque "
    "avis a son outil et les ménages touchés par une panne d'aqueduc ne sont pas "
    "joints. Texto, courriel ou appel selon l'adresse.",
    "P15": "Aide au numérique dans les quartiers. Beaucoup d'adultes ne peuvent pas faire une "
    "démarche en ligne sans aide. Des points de service sans rendez-vous, pour les "
    "aînés et les nouveaux arrivants, et des appareils remis à neuf.",
    "P17": "Plateforme de participation citoyenne. Trop peu de votes au budget participatif et "
    "des outils qui se concurrencent. Une seule plateforme libre, pour déposer des "
    "idées et voter.",
    "P19": "Guichet des commerces. Ouvrir un commerce exige une dizaine de démarches dans "
    "quatre services et des subventions ne sont pas réclamées. Un parcours guidé pour "
    "les PME et une personne-ressource par artère.",
    "P21": "Coordination des chantiers. On rouvre des rues refaites récemment, faute de "
    "planifier avec l'eau, l'énergie et les télécommunications. Une carte commune et "
    "l'arbitrage des conflits entre interventions.",
    "P23": "Détection acoustique des fuites d'aqueduc. Le tiers de l'eau traitée se perd avant "
    "une adresse. Des capteurs écoutent le réseau et guident les équipes vers la fuite "
    "souterraine.",
    "P25": "Inventaire vivant des arbres publics. Des abattages y sont inscrits un an plus "
    "tard et des arbres sont mal localisés. La population signalerait un arbre malade "
    "sur une carte et la canopée serait suivie.",
    "P27": "Exploitation des bornes de recharge. Trop de bornes sont hors service sans qu'on "
    "le sache. Une supervision en temps réel et le paiement par tous les réseaux "
    "d'automobilistes.",
    "P29": "Prévision des inondations et des canicules. Les avis arrivent après que les sous- "
    "sols sont inondés par les pluies. Des seuils par bassin et secteur, et des appels "
    "aux personnes vulnérables.",
    "P31": "Réseau radio pour objets connectés. Chaque service paie des abonnements "
    "cellulaires pour ses capteurs. Des antennes à bas débit sur les toits des "
    "immeubles municipaux.",
    "P33": "Tablettes dans les camions de pompiers. Les plans des bâtiments à risque sont en "
    "papier dans des cartables. Les plans d'intervention et les inspections de "
    "prévention se consulteraient hors réseau.",
    "P35": "Cour municipale sans papier. Des audiences sont remises parce que le dossier n'est "
    "pas arrivé du bon édifice. Preuves, constats et jugements seraient consultables à "
    "distance.",
    "P37": "Portables pour tous. La moitié des postes sous Windows 10 n'ont ni pile ni caméra, "
    "et leur soutien se termine. Un seul appareil par employé, gardé plus longtemps.",
    "P39": "Nouvelle suite financière. Le progiciel n'est plus soutenu, il est plein de "
    "modifications maison et la clôture du mois prend deux semaines. Revenir au "
    "standard et abandonner les chiffriers.",
    "P41": "Refaire la paie. Le progiciel RH est sorti du soutien et les conventions "
    "collectives y sont codées à la main, d'où des paies corrigées. Libre-service des "
    "congés et des horaires.",
    "P43": "Appels d'offres numériques. Les petites entreprises renoncent à soumissionner "
    "devant le papier et les étapes. Clauses écoresponsables et contrats publiés en "
    "données ouvertes.",
    "P45": "Quitter Lotus Notes. Plus de cent applications Notes suivent encore des "
    "subventions et des réclamations, et presque personne ne sait les entretenir. On en "
    "reconstruit le quart, on archive le reste.",
    "P47": "IA générative pour les employés. Des gens se servent d'assistants grand public "
    "sans encadrement. Un assistant hébergé ici, pour résumer, traduire et chercher, "
    "avec un registre des usages.",
    "P49": "Émuler l'ordinateur central des taxes. La location du central coûte des millions "
    "et le fournisseur augmente ses prix. Faire tourner les programmes de taxation "
    "ailleurs sans toucher au code.",
    "P51": "Fin de Windows Server 2012. Des centaines de serveurs n'ont plus de correctifs "
    "depuis la fin du soutien étendu. Migrer, consolider ou éteindre ce qui est exposé.",
    "P53": "Fondation infonuagique commune. Obtenir un serveur prend un mois et les services "
    "achètent leur nuage chacun de leur côté. Un socle d'identité, de réseau et de "
    "coûts, puis une vague de migration d'applications.",
    "P55": "Fermer une salle informatique. Trois vieilles salles consomment trop d'énergie et "
    "surchauffent l'été. Refroidir à l'air libre et donner la chaleur à l'aréna d'à "
    "côté.",
    "P57": "Centre de surveillance de la sécurité. Plusieurs systèmes qui tiennent des "
    "renseignements personnels ne tiennent aucun journal : un incident passerait "
    "inaperçu. Réunir les journaux et répondre en une heure.",
    "P59": "Sites Web accessibles à tous. L'audit trouve des centaines d'obstacles et on ne "
    "peut pas payer sa vignette avec un lecteur d'écran. Corriger, se conformer au "
    "SGQRI et former le personnel.",
}
