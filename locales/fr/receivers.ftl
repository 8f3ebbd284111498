# Ce que les destinataires demandent et ce qu’ils répondent, et `garant receivers`.

## Ce qu’un destinataire répond. Les textes entre guillemets sont les siens.

receivers-answer = { $receiver } { $replies }
receivers-answers = réponses possibles
receivers-or = ou
receivers-codes = { $temporary } d’abord, puis { $permanent }
receivers-reply = { $codes ->
    [none] « { $text } »
   *[other] { $codes }, « { $text } »
}

## Ce qu’une réponse signifie : la partie de l’authentification, ou la raison.

receivers-means-dmarc-policy = DMARC échoue, et la politique du domaine lui-même demande le refus
receivers-means-dmarc-absent = le domaine ne publie pas de politique DMARC
receivers-means-not-aligned = ce que SPF et DKIM prouvent ne s’accorde pas avec l’adresse affichée (alignement)
receivers-means-spf-fail = l’enregistrement SPF n’autorise pas le serveur qui a envoyé le message
receivers-means-spf-error = l’enregistrement SPF est inutilisable
receivers-means-spf-absent = SPF ne réussit pas
receivers-means-dkim-absent = aucune signature DKIM ne réussit
receivers-means-nothing-passes = ni SPF ni DKIM ne réussit
receivers-means-unspecified = l’authentification ne suffit pas ; il ne dit pas quelle partie
receivers-means-reverse-dns = l’adresse du serveur d’envoi n’a pas de nom, ou un nom qui ne ramène pas à elle
receivers-means-tls = la connexion n’était pas chiffrée
receivers-means-rate-limited = trop de messages ou de connexions en trop peu de temps
receivers-means-reputation = la réputation du serveur ou du domaine est trop basse
receivers-means-client-blocked = l’adresse du serveur d’envoi est sur une liste de blocage
receivers-means-format = la forme du message est fautive
receivers-means-spam = il a été pris pour du courrier indésirable
receivers-means-malware = il a été pris pour un logiciel malveillant
receivers-means-policy = une règle du destinataire, qu’il ne nomme pas
receivers-means-protocol = le serveur ne respecte pas le protocole
receivers-means-access-denied = il demande un mot de passe
receivers-means-sender-refused = l’adresse de l’expéditeur est refusée
receivers-means-address-unknown = personne n’a cette adresse
receivers-means-address-suspended = le compte du destinataire est bloqué
receivers-means-recipient-refused = le destinataire est refusé
receivers-means-mailbox-full = la boîte est pleine
receivers-means-deferred = à retenter plus tard

## Ce qui est demandé. $number : combien ; $aim : un nombre plus strict, conseillé.

receivers-asks-spf-or-dkim = SPF ou DKIM réussit
receivers-asks-spf-and-dkim = SPF et DKIM réussissent tous les deux
receivers-asks-aligned-leg = l’un des deux réussit pour un nom qui s’accorde avec l’adresse affichée (alignement)
receivers-asks-dmarc-record = le domaine publie une politique DMARC, fût-ce `p=none`
receivers-asks-dmarc-pass = DMARC réussit
receivers-asks-spf-not-fail = l’enregistrement SPF n’exclut pas le serveur (`fail`)
receivers-asks-reverse-dns = l’adresse du serveur d’envoi a un nom (PTR), qui ramène à elle
receivers-asks-helo = le serveur se présente sous son nom complet (HELO)
receivers-asks-tls = la connexion est chiffrée (TLS)
receivers-asks-message-format = le message est bien formé (RFC 5322)
receivers-asks-own-from = l’adresse affichée n’est pas dans un domaine du destinataire
receivers-asks-spam-rate = moins de { $number } messages sur 1 000 sont signalés comme indésirables{ $aim ->
    [none] {""}
   *[other] {" "}; mieux, moins de { $aim }
}
receivers-asks-dkim-bits = la clé DKIM a au moins { $number } bits
receivers-asks-one-click = un clic suffit pour se désabonner (List-Unsubscribe-Post, RFC 8058)
receivers-asks-list-unsubscribe = un champ List-Unsubscribe, en un clic ou par courriel
receivers-asks-unsubscribe-link = un lien de désabonnement que le lecteur voit
receivers-asks-unsubscribe-days = qui se désabonne ne reçoit plus rien après { $number ->
    [one] { $number } jour
   *[other] { $number } jours
}
receivers-asks-arc = qui transfère du courrier ajoute une chaîne ARC
receivers-asks-connections = au plus { $number } connexions à la fois depuis une adresse
receivers-asks-messages-per-connection = au plus { $number } messages par connexion
receivers-asks-size = au plus { $number } Mo
receivers-asks-feedback-id = un champ Feedback-ID
receivers-asks-signal-spam = l’expéditeur reçoit les plaintes par Signal Spam

## Ce qui dirait si c’est rempli.

receivers-tells-message = un message reçu le dit
receivers-tells-server = le serveur d’envoi le dit
receivers-tells-receiver = les chiffres du destinataire le disent
receivers-tells-sender = vous seul le savez

## La commande `garant receivers`.

cli-receivers = Énumère les destinataires dont les règles sont connues, ou en montre un en entier
cli-receivers-word = L’identifiant ou le nom d’un destinataire, par exemple gmail ou orange
cli-receivers-format = Forme du résultat : text ou json ; text sinon

error-receiver = « { $input } » n’est pas un destinataire dont les règles sont connues. `garant receivers` les énumère tous.

receivers-list = { $count ->
    [one] Les règles d’un destinataire sont connues.
   *[other] Ce que l’on sait de { $count } destinataires.
} `garant receivers NOM` en montre un en entier ; `garant check DOMAINE` dit ce qu’ils font de votre courrier.
receivers-entry = { $name } ({ $confidence }){ $count ->
    [none] {""}
   *[other] {" "}; envois en nombre à partir d’environ { $count } messages en { $hours } h
}
receivers-id = identifiant
receivers-confidence = certitude des règles
receivers-date = les règles au
receivers-source = source
receivers-hosts = ses serveurs
receivers-threshold = envois en nombre
receivers-threshold-text = { $close ->
    [yes] à partir de près de { $count } messages en { $hours } heures
   *[no] à partir de { $count } messages en { $hours } heures
}{ $counted ->
    [organizational-domain] {""}, sous-domaines compris
    [author-domain] {""}, par domaine de l’adresse affichée
   *[none] {""}
}{ $permanent ->
    [yes] {" "}; qui y est arrivé une fois le reste
   *[no] {""}
}
receivers-threshold-none = il ne publie aucun nombre
receivers-all = Ce qu’il demande à tous
receivers-bulk = Ce qu’il demande en plus pour les envois en nombre
receivers-nothing = Rien n’est publié.
receivers-marketing = { $text } (lettres d’information et publicité)
receivers-replies = Ce qu’il répond, et ce que cela signifie
receivers-replies-source = source de la plupart
