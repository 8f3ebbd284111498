# Le centre d’aide, le support et les pages sur Garant. `garant help-centre` et `garant cases`.
help-title = Centre d’aide
help-title-search = { $query } : centre d’aide
help-crumb = Où se trouve cette page
help-search = Chercher dans l’aide
help-search-go = Chercher
help-search-hint = Un mot (`via`), le code d’un constat (`dmarc.missing`), ou l’erreur d’un message de non-remise (`550 5.7.26`).
help-empty = Rien n’a été saisi. Tapez un mot, le code d’un constat ou l’erreur d’un message de non-remise ; ou choisissez un sujet ci-dessous.
help-results = Résultats
help-found = { $count ->
    [one] une section
   *[other] { $count } sections
}
help-instead = Rien ne parle de « { $query } ». Voici les résultats pour « { $instead } ».
help-in-vain = Rien dans l’aide ne parle de « { $query } ».
help-in-vain-words = Essayez un seul mot, ou un autre : `indésirables`, `transfert`, `clé`.
help-in-vain-code = D’un message de non-remise, ne prenez que le code : `5.7.26`.
help-in-vain-check = Ou faites vérifier votre domaine : le résultat mène à la bonne page.
help-group-guides = Guides
    .about = Un sujet depuis le début.
help-group-walkthroughs = Pas à pas
    .about = Le formulaire de votre hébergeur DNS, champ par champ.
help-group-findings = Constats
    .about = Ce que dit une vérification, et qu’y faire.
help-group-glossary = Mots
    .about = Chacun en une ou deux phrases.
help-group-about = Garant
    .about = Ce que c’est, ce qu’il conserve.
help-contents = Sur cette page
help-previous = Avant
help-next = Ensuite
help-beside = Pages voisines
help-useful = Cette page vous a-t-elle été utile ?
help-useful-yes = Oui
help-useful-no = Non
help-opinions = { $useful } { $useful ->
    [one] lecteur
   *[other] lecteurs
} sur { $all } { $useful ->
    [one] a
   *[other] ont
} trouvé cette page utile.
help-thanks = Merci
help-thanks-about = Votre avis compte, une fois par jour pour chaque page. Il aide à voir quelles pages sont à récrire.
help-still = Toujours bloqué ?
help-still-link = Écrire au support
help-nowhere = Cette page n’existe pas dans l’aide
    .about = Elle a peut-être changé de nom. La recherche du centre d’aide la trouve par un mot ou par le code d’un constat.
help-copy = Copier
help-copy-lines = ces lignes
help-form-title = Dessin du formulaire :
help-form-any = Votre hébergeur DNS
help-form-open = Ouvrez
help-form-field = Dans le champ
help-form-type = saisissez
help-form-left = laissez tel quel :
help-form-press = Appuyez sur
help-form-copy = ce qui va dans { $field }
help-cli-in-vain = Rien dans l’aide ne parle de « { $query } ». Essayez un mot, le code d’un constat, ou le code d’un message de non-remise comme 5.7.26 ; `garant help-centre` seul énumère les pages.
help-cli-topics = Donnez un mot, le code d’un constat ou l’erreur d’un message de non-remise : `garant help-centre "550 5.7.26"`. Voici les pages :
help-cli-explain = garant explain { $code }
help-cli-read = garant help-centre { $place }
support-title = Écrire au support
support-lead = La personne qui exploite ce site lit votre message et vous répond.
support-contact = Votre adresse e-mail
support-contact-hint = La réponse y arrivera, et rien d’autre.
support-contact-absent = Sans adresse, personne ne peut vous répondre. Saisissez-en une, par exemple `vous@votreentreprise.fr`.
support-contact-invalid = « { $input } » n’est pas une adresse e-mail. Saisissez une adresse entière, par exemple `vous@votreentreprise.fr`.
support-contact-long = Cette adresse dépasse { $limit } octets, et aucune adresse e-mail n’est si longue.
support-message = Votre message
support-message-hint = Ce que vous envoyez, par quel service, à qui ; ce que vous attendiez, et ce qui s’est passé. Le texte d’un message de non-remise en dit le plus : collez-le en entier. N’indiquez ni mot de passe ni clé secrète.
support-message-absent = Rien n’a été écrit. Dites en quelques mots ce qui se passe.
support-message-long = Votre message compte { $octets } octets ; { $limit } au plus sont acceptés. D’un long message de non-remise, la partie qui contient le code suffit.
support-attached = Joindre la vérification de `{ $domain }` du { DATE($time) }, { CLOCK($time) } UTC : une copie de chaque réponse, pour que le support voie ce que vous voyez
support-check-gone = La vérification dont vous venez n’est plus conservée : elle ne peut pas être jointe. Vous pouvez écrire quand même, ou vérifier de nouveau d’abord.
support-no-check = Une vérification de votre domaine en dit plus que beaucoup de mots. Faites-la d’abord, et écrivez depuis sa page :
support-kept = Votre message est conservé jusqu’à ce que le support, ou vous, l’effaciez.
support-send = Envoyer
support-forgotten = C’est oublié
    .about = Le message, l’adresse et la copie de la vérification ont été effacés.
case-title = Votre demande d’aide
case-lead = Votre demande est conservée. La réponse arrivera à { $contact }.
case-link = L’adresse de cette page
case-link-copy = l’adresse de cette page
case-link-about = Gardez-la : elle ramène ici, et ne se devine pas. Qui l’a lit cette page, vous comme le support.
case-message = Message
case-opened = { DATE($time) }, { CLOCK($time) } UTC
case-check = Constats
case-asked = faite le { DATE($time) } à { CLOCK($time) } UTC, jugée de nouveau à l’instant
case-whole = La vérification entière, avec ses dessins et son plan
case-whole-gone = La vérification elle-même n’est plus conservée ; ceci en est une copie.
case-support = Pour le support
case-support-about = Ouvre la demande dans un terminal, et juge la copie de ses réponses sans interroger le DNS.
case-capture = Télécharger la copie
case-forget = Oublier
case-forget-about = Efface aussitôt le message, votre adresse et la copie de la vérification. Personne ne peut les rétablir.
case-forget-button = Effacer cette demande
case-gone = Cette demande n’est pas conservée
    .about = Elle a été effacée, ou l’adresse a été coupée en chemin. Vous pouvez écrire de nouveau.
case-no-check = Cette demande n’a pas de vérification
    .about = Elle a été envoyée sans.
cases-none = Aucune demande d’aide n’est conservée dans { $path }.
cases-list = Demandes d’aide dans { $path }, la plus récente d’abord. `garant cases ID` en montre une.
cases-more = Seules les { $count } plus récentes sont montrées.
cases-no-check = sans vérification
cases-opened = Envoyée le { DATE($time) } à { CLOCK($time) } UTC, en { $language ->
    [fr] français
   *[en] anglais
}
cases-contact = Répondre à { $contact }
cases-check = À propos de { $domain } : `garant cases { $id } --capture FICHIER` enregistre les réponses pour `garant check { $domain } --replay FICHIER`
cases-captured = Les réponses sont dans { $path }.
error-case = « { $input } » n’est pas le nom d’une demande. `garant cases` les énumère.
error-case-gone = { $path } ne contient pas de demande { $input }. Elle a peut-être été effacée.
error-case-no-check = La demande { $input } n’a pas de vérification : il n’y a rien à enregistrer.
error-store = { $path } ne peut pas être lu : { $reason ->
    [absent] ce fichier n’existe pas. --store indique la base de `garant serve`.
   *[other] { $detail }.
}
cli-help-centre = Cherche dans l’aide : un mot, le code d’un constat, l’erreur d’un message de non-remise
cli-help-centre-words = Ce qu’il faut chercher ; sans rien, énumère les pages
cli-cases = Énumère les demandes d’aide reçues, ou en montre une
cli-cases-id = La demande à montrer
cli-cases-capture = Enregistre les réponses de sa vérification dans ce fichier, pour garant check --replay
cli-cases-forget = Efface la demande
cli-cases-store = La base de garant serve (garant.sqlite sans cette option)
