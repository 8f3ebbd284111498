# Le résultat d'une vérification, en page.

## L'en-tête.

result-moment = { DATE($time) } { $year } à { CLOCK($time) } UTC
result-day = { DATE($time) } { $year }
result-subject-path = { $domain }, { $sender ->
    [none] les messages que vous avez décrits
   *[other] messages envoyés par { $sender }
}
result-state-wait = En attente
result-stamp-wait = En attente, visible partout vers { CLOCK($until) } UTC
result-again = Redemander aux serveurs de la zone
result-send = Envoyer à mon administrateur
result-cause = Cause
result-copy = Copier
result-copy-summary = Copier le constat
result-downloads = Télécharger
result-asked-at = Demandé le
result-asked-whom = À qui
result-asked-servers = Aux serveurs de la zone `{ $zone }`, chacun directement : { $servers }.
result-asked-resolvers = { $count ->
    [one] À un résolveur, { $servers }.
   *[other] À des résolveurs : { $servers }.
}
result-asked-zone = À personne : les enregistrements ont été lus dans des fichiers de zone.
result-asked-count = { $count ->
    [one] Une question
   *[other] { $count } questions
}{ $direct ->
    [0] {""}
    [one] {" "}et une à un serveur de la zone
   *[other] {" "}et { $direct } aux serveurs de la zone
}, { $ms } ms.
result-question = Vous avez aussi indiqué
result-question-ip = serveur d’envoi
result-question-selectors = sélecteurs DKIM
result-question-expected = { $count ->
    [one] un enregistrement demandé par une plateforme
   *[other] { $count } enregistrements demandés par une plateforme
}
result-link = Lien permanent
result-kept = Conservé jusqu’au { $day }, lisible par qui a le lien.

## Le trajet d'un message.

result-path = Le trajet
result-list-and = {""} ; {""}
result-path-recognised = Reconnu à { $text }.
result-path-catalogue = Notre catalogue : { $text }
result-same-as-list = La même chose en liste
result-receiver-no-more = Ne demande rien de plus
result-column-receiver = Destinataire
result-column-now = Aujourd’hui
result-column-after = Après le plan
result-answers = Réponses possibles
result-column-rule = Règle appliquée
result-column-service = Service
result-column-state = État
result-column-recognised = Reconnu à

## Les sections.

result-part-zone = La zone
result-state-elsewhere = Échec pour ces messages
result-cause-elsewhere = Rien à changer ici : la cause est dans la partie
result-expected = Attendu
result-found = Trouvé
result-at = Où
result-why = Pourquoi
result-fix = Correctif
result-help = En savoir plus
result-help-topic = À quoi cela sert
result-step = Étape { $step } du plan : { $order }
result-by-plan = Le plan le corrige
result-others-found = { $count ->
    [one] L’autre enregistrement trouvé
   *[other] Les { $count } autres enregistrements trouvés
}
result-nothing-to-say = Rien n’a été trouvé ici, et il n’y a rien à en dire.
result-record-cut = { $count ->
    [one] Un caractère de plus n’est pas montré ; il est dans le téléchargement.
   *[other] { $count } caractères de plus ne sont pas montrés ; ils sont dans le téléchargement.
}
result-found-above = Dans l’enregistrement montré plus haut
result-found-above-piece = { $text }, dans l’enregistrement montré plus haut
result-nothing = Rien de tel.
result-nothing-nxdomain = { $count ->
    [one] Rien : ce nom n’existe pas (NXDOMAIN).
   *[other] Rien : ces { $count } noms n’existent pas (NXDOMAIN).
}
result-nothing-nodata = { $count ->
    [one] Rien : le nom existe, sans enregistrement de ce type.
   *[other] Rien : les { $count } noms existent, sans enregistrement de ce type.
}
result-nothing-of-it = Des enregistrements de ce type s’y trouvent, mais aucun de cette nature.
result-nothing-unknown = Inconnu : la question n’a pas reçu de réponse utilisable.
result-where = À `{ $name }`, de type { $type }.
result-where-subject = Cela concerne `{ $name }`.
result-where-answered = Réponse de { $servers }.
result-where-kept = Conservé en cache { $time }.
result-where-aliases = Atteint par un alias : { $names }.
result-where-looked = Cherché aussi, sans rien trouver : le nom au domaine doublé, un enregistrement d’un autre type, le même enregistrement resté à la racine.
result-expected-path = Au moins un appui, adresse de retour (SPF) ou signature (DKIM), qui passe et appartient à { $domain }.
result-expected-dkim = { $sender ->
    [none] Une clé publique au nom de { $domain }, au sélecteur que nomment les signatures{ $list ->
        [none] {""}
       *[other] {" "}({ $list } ont été essayés)
    }.
   *[other] Une clé publique au nom de { $domain }, au sélecteur avec lequel { $sender } signe{ $list ->
        [none] {""}
       *[other] {" "}({ $list })
    }.
}
result-expected-spf = Un enregistrement SPF valide au domaine de l’adresse de retour, en dix recherches DNS au plus ; et une adresse de retour dans { $domain } ou l’un de ses sous-domaines, pour qu’elle compte aux yeux de DMARC.
result-expected-dmarc = Une politique valide à `_dmarc.{ $domain }`, et un appui aligné derrière chaque service qui écrit pour vous.
result-expected-record = L’enregistrement demandé, à `{ $name }`.
result-expected-mx = Au moins un serveur de réception à une adresse publique, ou bien la déclaration que rien n’est reçu.
result-expected-mta-sts = Rien, ou un enregistrement et un fichier de politique qui concordent entre eux et avec les serveurs de réception.
result-expected-tls-rpt = Rien, ou un enregistrement valide avec une adresse pour les rapports.
result-expected-bimi = Rien, ou un enregistrement valide et une politique DMARC appliquée.
result-expected-dnssec = Rien de signé, ou des signatures conformes à ce que la zone parente annonce.
result-expected-zone = Chaque serveur inscrit pour la zone la sert, et tous disent la même chose.
result-absent-optional = { $title } : rien n’est publié ; c’est facultatif.
result-absent-dnssec = { $title } : la zone n’est pas signée ; c’est facultatif.
result-besides = Par ailleurs
result-unknown-selectors = { $name } : on ne peut pas lister les sélecteurs DKIM. Indiquez le vôtre, il sera examiné.
result-unknown-return-address = { $name } : l’adresse de retour de ce service n’est pas connue. Indiquez son domaine, il sera examiné.
result-unknown-sending-address = { $name } : on ne sait pas d’où partent ces messages. Indiquez l’adresse du serveur, elle sera examinée.
result-unknown-offline = { $name } ({ $type }) : hors des zones données à ce site, donc non demandé
result-ask-more = Redemander avec plus de précisions
result-column-server = Serveur
result-column-address = Adresse
result-column-serial = Version
result-servers-more = { $count ->
    [one] Un serveur de plus est dans le téléchargement.
   *[other] { $count } serveurs de plus sont dans le téléchargement.
}
result-server-status = { $status ->
    [serves] { $differs ->
        [yes] Sert une autre version
       *[no] Sert la zone
    }
    [refused] Refuse de répondre pour elle
    [servfail] Signale une panne
    [not-authoritative] Ne sert pas la zone
    [no-address] Son nom n’a pas d’adresse
    [silent] N’a pas répondu
    [malformed] A donné une réponse illisible
   *[not-asked] N’a pas été interrogé
}

## Le plan.

result-plan = Le plan
result-plan-walkthrough = Pas à pas chez { $host }, avec les formulaires dessinés
result-plan-see = { $count ->
    [0] Voir qui doit faire quoi
    [one] Voir l’enregistrement à publier
   *[other] Voir les { $count } modifications à publier
}
result-plan-becomes = devient
result-plan-cures = Met en ordre :
result-plan-optional = facultatif
result-plan-zone = Les mêmes lignes sous forme complète (fichier de zone)
result-plan-zone-file = Fichier de zone
result-plan-touches = Ce que ce plan touche aussi
result-plan-back = Le retour en arrière, si du courrier est ensuite refusé
result-plan-cost = Ce qu’il en coûte
result-plan-ticket = Texte de la demande
result-proof-aligned = aligné
result-proof-not-aligned = non aligné
result-proof-no-key = aucune clé
result-proof-not-passed = ne passe pas
result-proof-some = chez certains destinataires
result-proof-unknown = inconnu
result-proof-dmarc = { $result ->
    [pass] { $legs ->
        [2] passe, deux appuis
        [1] passe, un appui
       *[other] passe
    }
    [fail] échec
    [none] sans politique
   *[unknown] inconnu
}
result-note-no-report-address = Ajoutez une adresse de rapports à { $name } (`rua=mailto:…`) : sans elle, personne ne vous dira qui écrit en votre nom.
result-note-switch-on-dkim = Activez la signature DKIM pour { $domain } dans les réglages de chaque service qui envoie en son nom, puis publiez les enregistrements qu’il affiche.
result-note-values-of-account = Les valeurs exactes dépendent de votre compte : relevez-les chez { $sender }, à la page d’authentification du domaine.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Sa page d’aide : { $page }
}
result-diff = L’enregistrement avant et après
result-diff-before = − Avant
result-diff-after = + Après

## À la fin.

result-forward = Transmettre
result-send-about = Les enregistrements à publier, dans la forme qu’attend votre hébergeur DNS, avec leur état. Lecture seule.
result-summary = Le constat en texte
result-summary-show = Le constat en texte, à coller dans un message
result-download-capture = Réponses DNS (JSON)
result-download-capture-about = tout ce qui a été demandé et répondu ; l’assistance peut le juger de nouveau
result-download-json = Résultat (JSON)
result-download-json-about = pour les programmes
result-download-markdown = Résultat (Markdown)
result-download-markdown-about = pour un ticket ou un rapport
result-download-zone = Lignes à publier (fichier de zone)
result-download-zone-about = pour une interface DNS qui les importe
result-support-about = Cette vérification vous a-t-elle été utile, ou quelque chose n’est-il pas clair ?
result-support = Contacter l’assistance avec cette vérification
