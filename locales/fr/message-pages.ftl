# Pages sur un message, et sur les messages de non-remise.

## Les formulaires.

message-form-title = Qu’est-il arrivé à ce message ?
message-form-lead = Collez un message reçu ou refusé. Vous lisez ce que SPF, DKIM et DMARC en disent, étape par étape, et ce que Gmail, Outlook, Orange et d’autres font d’un tel courrier.
message-form-pasted = Le message avec son en-tête
message-form-pasted-hint = Le mieux est la source entière. L’en-tête seul suffit pour SPF et DMARC ; mais il ne dit pas si le corps a été modifié.
message-form-file = Ou son fichier
message-form-file-hint = Un fichier `.eml` de 10 Mo au plus. Vous pouvez aussi le déposer sur cette page.
message-form-send = Suivre ce message
message-form-more = Ce que l’on sait de son arrivée
message-form-more-about = Ce qui reste vide est lu dans le message, et la réponse dit où. Remplissez ces champs pour un message refusé : il ne porte aucune trace de son arrivée.
message-form-ip = Adresse du serveur d’envoi
    .hint = Par exemple `192.0.2.25`, telle que la donnent le journal du destinataire ou le message de non-remise.
message-form-helo = Nom qu’il a donné
    .hint = Ce qu’il a dit dans HELO ou EHLO, par exemple `mail.exemple.fr`.
message-form-mail-from = Adresse de retour
    .hint = MAIL FROM, par exemple `retours@em.exemple.fr`. Écrivez `<>` si elle est vide.
message-form-receiver = Le serveur qui a reçu
    .hint = Par exemple `mx.google.com`, ou un nom comme `gmail`. Les résultats qui portent son nom sont crus.
message-form-trust-sealer = Les sceaux ARC auxquels il fait confiance
    .hint = Par exemple `lists.example` ; plusieurs, séparés par des virgules. On se sert de ce qu’ils disent avoir constaté, comme le ferait un destinataire qui leur fait confiance.
message-form-kept = Ce que vous envoyez est examiné puis aussitôt oublié. Le DNS est interrogé sur les domaines qui s’y trouvent ; personne d’autre n’en sait rien.
message-keep = Conserver ce résultat pendant { $days } jours, derrière un lien que seuls ceux qui l’ont peuvent ouvrir
    .hint = Ce que dit la page du résultat est conservé, avec les adresses, l’objet et les serveurs qu’elle nomme ; le message lui-même ne l’est pas. Un bouton de cette page l’efface aussitôt.
message-form-absent = Il n’y a encore rien à examiner. Collez un message, ou choisissez son fichier.
message-form-one = Choisissez un seul fichier : un message se suit à la fois.
message-form-it = Le texte collé
message-sources = Où trouver la source
message-sources-about = Ce que les logiciels montrent est une vue abrégée. La source contient tout ce que les serveurs ont écrit dans le message.
message-source-gmail = Gmail
    .steps = Ouvrez le message, puis les trois points en haut à droite : « Afficher l’original », et « Copier dans le presse-papiers ».
message-source-outlook-web = Outlook sur le web
    .steps = Ouvrez le message, puis les trois points : « Affichage », « Afficher la source du message ».
message-source-outlook = Outlook sous Windows
    .steps = Ouvrez le message dans sa propre fenêtre : « Fichier », « Propriétés », et copiez les « En-têtes Internet ». Le corps n’en fait pas partie.
message-source-apple-mail = Mail (Apple)
    .steps = « Présentation », « Message », « Source brute ». Ou glissez le message sur le bureau : c’est son fichier.
message-source-thunderbird = Thunderbird
    .steps = « Autres », « Afficher la source », ou Ctrl+U. « Enregistrer comme » en fait un fichier `.eml`.
message-source-webmail = Orange, Free, La Poste, Roundcube
    .steps = Cherchez « Source », « En-tête complet » ou « Télécharger (.eml) » dans le menu du message.

bounce-form-title = Pourquoi ce courrier a-t-il été refusé ?
bounce-form-lead = Collez un message de non-remise, ou seulement la ligne par laquelle le destinataire a refusé. Vous lisez si c’est définitif, à qui la faute, et si les enregistrements de votre domaine en sont la cause.
bounce-form-pasted = Le message de non-remise, ou la réponse du destinataire
bounce-form-pasted-hint = Avec son en-tête et ses pièces jointes, ou une ligne comme `550 5.7.26 …`.
bounce-form-file = Ou des fichiers
bounce-form-file-hint = Des fichiers `.eml`, ou une boîte aux lettres `.mbox` ; 10 Mo en tout. Avec plusieurs, vous recevez aussi un bilan par cause.
bounce-form-send = Expliquer
bounce-form-absent = Il n’y a encore rien à examiner. Collez un message de non-remise, ou choisissez des fichiers.
bounce-title-one = Ce qui est revenu
bounce-another = Un autre
bounce-counts = Combien, et pourquoi
bounce-each = Un par un
bounce-one-of-several = { $address } et { $count ->
    [one] un autre
   *[other] { $count } autres
}
bounce-detail = Le détail
bounce-more = { $count ->
    [one] Un autre est compté ci-dessus sans être montré.
   *[other] { $count } autres sont comptés ci-dessus sans être montrés.
}
bounce-files-cut = Il y avait plus de fichiers qu’un envoi n’en prend ; les premiers ont été lus. Pour de grandes collections, il existe la commande `garant bounce`.
bounce-column-domain = Domaine
bounce-column-recipients = Destinataires
bounce-column-authentication = Refusés faute d’authentification
bounce-column-policy = Par sa propre politique

## Un message suivi.

message-check = Vérifier { $domain }
message-another = Un autre message
message-steps = Étape par étape
    .about = Dans l’ordre où travaille un destinataire, avec ce qui a été lu, demandé et comparé.
message-receivers = À l’arrivée
    .about = Ce que font les destinataires, selon leurs règles publiées et la politique qui s’applique.
message-receivers-bulk = Pour qui envoie beaucoup
message-column-does = Ce qu’il fait
message-findings = Le message lui-même
    .about = Ce qui, à part cela, fait prendre un courrier pour indésirable, ou l’abîme.
message-written = L’en-tête
    .about = Ce qu’écrirait un destinataire parvenu à ce résultat.
message-step-identifier = Identifiant
message-step-read-at = Où il a été lu
message-step-organizations = Organisations
message-step-section = D’après
message-step-asked = { $count ->
    [one] Une réponse du DNS
   *[other] { $count } réponses du DNS
}
message-step-before = Étape précédente
message-step-after = Étape suivante
message-under = Ce qu’ils feraient sous `p={ $policy }`
message-hops = { $count ->
    [one] Un serveur a noté son passage
   *[other] { $count } serveurs ont noté son passage
}
message-hop-nobody = non nommé
message-hop-later = après l’arrivée
message-hop-fetch = relevé dans une boîte
message-hop-internal = chez le destinataire
message-hop-border = l’arrivée chez le destinataire
message-hop-beyond = noté avant l’arrivée ; chacun peut écrire une telle ligne
message-asked = Ce que demandent les destinataires à qui envoie beaucoup
    .about = Lu dans ce message seul. Ce qui dépend du serveur, des plaintes ou de vos habitudes ne s’y lit pas.
message-column-asked = Ce qui est demandé
message-column-here = Ici
message-column-by = Par qui
message-met = Rempli
message-not-met = Non rempli
message-not-met-if-marketing = Non rempli s’il s’agit d’une lettre d’information ou d’une publicité, ce que rien n’indique ici
message-met-unknown = Non établi
message-met-told-by = Ne se lit pas ici : { $by }
message-text-unread = Un fichier et un texte collé ont été envoyés ; seul le fichier a été examiné.

## Un résultat conservé, ou non.

message-not-kept = Rien de ceci n’est conservé, et cette page n’a pas d’adresse : imprimez-la ou enregistrez-la si vous en avez encore besoin. Pour un lien à montrer à d’autres, renvoyez la même chose en cochant la case.
message-keep-failed = { $why ->
    [long] Ce résultat n’est pas conservé : il dépasse les { $limit } Kio qu’un résultat peut prendre. Moins de messages à la fois en donnent un plus court.
    [full] Ce résultat n’est pas conservé : il n’y a pas de place ici pour un de plus en ce moment.
   *[broken] Ce résultat n’est pas conservé : ce site n’a pas pu l’écrire à l’instant.
} Rien n’en est perdu : cette page le contient en entier. Imprimez-la ou enregistrez-la.
message-kept-until = Constaté le { $found }, conservé jusqu’au { $day }.
message-kept-to = Partager ou oublier
message-kept = Conservé
message-kept-about = Jusqu’au { $until }, ce que dit cette page est conservé, en français et en anglais, adresses et objet compris. Le message lui-même n’est pas conservé, ni qui l’a envoyé ici. Les enregistrements et les réponses sont ceux du { $found } : rien n’a été demandé depuis. Qui a le lien peut lire cette page ; les moteurs de recherche sont priés de l’ignorer.
message-kept-link = Le lien de ce résultat
message-kept-link-copy = le lien de ce résultat
message-forget = Oublier maintenant
message-forget-about = Efface ce résultat aussitôt, pour tous ceux qui ont le lien. Personne ne peut le rétablir.
message-forgotten = C’est oublié
    .about = Le résultat a été effacé. Son lien ne mène plus à rien.
message-gone = Ce résultat n’est plus conservé
    .about = Son temps est passé, ou quelqu’un qui avait le lien l’a fait oublier, ou le lien a été coupé en chemin. Vous pouvez envoyer le message de nouveau.
