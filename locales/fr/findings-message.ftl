### Un message. Arguments partout : $domain (celui de son auteur, vide s’il n’y en a pas), $name. Les en-têtes sont nommés comme ils s’écrivent.

# Ce qui montre qu’un message est envoyé en nombre.
message-part-bulk = { $bulk ->
        [fields] Des en-têtes du message ({ $signs }) montrent qu’il est envoyé en nombre.
        [link] Le message contient un lien de désabonnement, comme un envoi en nombre.
       *[no] Rien dans ce message ne montre qu’il est envoyé en nombre.
    }

finding-message-field-repeated = L’en-tête `{ $field }` figure { $count } fois
    .why = Un message ne peut l’avoir qu’une fois (RFC 5322, section 3.6). Chaque logiciel en choisit un autre : ce qui a été signé et contrôlé n’est peut-être pas ce que voit le lecteur. { $field ->
        [From] Avec plusieurs en-têtes `From`, personne ne peut dire qui est l’auteur : Gmail refuse un tel message.
       *[other] Gmail, entre autres, refuse les messages dont un en-tête figure deux fois.
    }
    .fix = Faites en sorte que le logiciel qui compose le message n’écrive qu’un seul en-tête `{ $field }`. Souvent, un modèle et le service d’envoi en ajoutent chacun un.

finding-message-no-from = Le message ne dit pas de qui il vient : pas d’en-tête `From`
    .why = Tout message doit en avoir un (RFC 5322, section 3.6). Sans lui, il n’y a ni auteur à afficher, ni domaine que DMARC puisse contrôler : les grands destinataires refusent le message.
    .fix = Faites ajouter `From` par le logiciel qui compose le message, avec une seule adresse de votre domaine.

finding-message-from-unreadable = L’en-tête `From` ne contient aucune adresse lisible
    .why = Sans adresse, il n’y a pas de domaine de l’auteur, et DMARC n’a rien à contrôler. Les grands destinataires refusent un tel message.
    .fix = Écrivez une adresse, précédée d’un nom si vous le souhaitez : `From: Votre Entreprise <contact@votreentreprise.fr>`.

finding-message-no-date = Le message n’a pas de date
    .why = Tout message doit avoir un en-tête `Date` (RFC 5322, section 3.6). Les logiciels affichent alors l’heure d’arrivée, ou rien, et les filtres y voient l’œuvre d’un script négligent.
    .fix = Faites ajouter `Date` par le logiciel qui compose le message, avec le fuseau horaire.

finding-message-date-malformed = La date du message est illisible
    .why = Elle n’a pas la forme que demande la RFC 5322 (section 3.3), avec les noms anglais des jours et des mois. Les logiciels affichent une autre date ou aucune, et les filtres en tiennent compte.
    .fix = Écrivez-la ainsi : `Date: Thu, 1 Jan 2026 12:00:00 +0100`. Le plus souvent, un logiciel écrit la date dans la langue du lecteur.

finding-message-date-future = Le message est daté { $hours ->
        [one] d’une heure
       *[other] de { $hours } heures
    } après son arrivée
    .why = D’après le dernier serveur qui l’a pris en charge, il est arrivé avant d’être écrit. Un message venu du futur reste en haut de la liste : les spammeurs s’en servent, et les filtres en tiennent compte.
    .fix = Réglez l’heure et le fuseau horaire de la machine qui compose le message.

finding-message-date-old = Le message est daté de { $days } jours avant son arrivée
    .why = D’après le dernier serveur qui l’a pris en charge, il a été en route plus longtemps que les serveurs n’essaient. Soit il a attendu quelqu’un, soit sa date est fausse ; les logiciels le rangent là où personne ne regarde.
    .fix = S’il a attendu dans une file ou une validation, rien à changer. Sinon, vérifiez l’heure de la machine qui compose le message, et les modèles à date fixe.

finding-message-no-message-id = Le message n’a pas de `Message-ID`
    .why = Tout message devrait en avoir un (RFC 5322, section 3.6.4) : c’est à lui que se rattachent les réponses, c’est par lui que l’on reconnaît les doublons et retrouve un message dans les journaux. Gmail refuse certains messages pour cette raison.
    .fix = Faites-le ajouter par le logiciel qui compose le message, ou par le serveur qui le prend en charge.

finding-message-message-id-malformed = Le `Message-ID` n’a pas la forme `<unique@domaine>`
    .why = Ce doit être un seul identifiant, avec un `@`, entre chevrons et sans espace (RFC 5322, section 3.6.4). Les réponses risquent de ne pas retrouver leur message, et les filtres en tiennent compte.
    .fix = Écrivez quelque chose d’unique, un `@`, et un domaine à vous : `Message-ID: <7f3c9a@votreentreprise.fr>`.

finding-message-message-id-domain = { $kind ->
        [local] Le `Message-ID` finit par { $host }, un nom propre à un réseau interne
       *[foreign] Le `Message-ID` finit par { $host }, dont rien d’autre dans ce message ne parle
    }
    .why = { $kind ->
        [local] Le nom d’une machine qu’Internet ne connaît pas indique que le logiciel n’a jamais été réglé pour envoyer du courrier, et deux machines de ce nom peuvent donner le même identifiant.
       *[foreign] Ce n’est ni le domaine de l’auteur, ni celui d’une signature, ni celui d’un serveur par lequel le message est passé. Rien n’échoue pour cela, mais c’est un trait des messages recopiés.
    }
    .fix = Faites écrire après le `@` votre domaine, ou celui du service d’envoi, par le logiciel qui compose le message.

finding-message-no-subject = Le message n’a pas d’objet
    .why = Le lecteur voit une ligne vide dans sa liste, et a tendance à ne pas l’ouvrir ; les filtres en tiennent un peu compte.
    .fix = Écrivez un objet qui dit de quoi il s’agit.

finding-message-header-not-ascii = Des lettres accentuées figurent telles quelles dans les en-têtes ({ $fields })
    .why = Sauf accord particulier entre serveurs (RFC 6532), les en-têtes sont en ASCII (RFC 5322, section 2.2). Des serveurs refusent le message, ou le récrivent, ce qui casse sa signature, et le lecteur voit des signes incompréhensibles.
    .fix = Faites-les encoder par le logiciel qui compose le message (RFC 2047) : `=?UTF-8?Q?R=C3=A9ponse?=`. Toutes les bibliothèques de courrier savent le faire.

finding-message-long-line = { $count ->
        [one] Une ligne de { $octets } octets : { $limit } sont permis au plus
       *[other] { $count } lignes sont trop longues : la plus longue a { $octets } octets, { $limit } sont permis au plus
    }
    .why = Au-delà de { $limit } octets, un serveur peut refuser le message ou couper la ligne (RFC 5322, section 2.1.1). Une ligne coupée change le texte, et la signature ne lui correspond plus.
    .fix = Faites encoder le texte en quoted-printable ou en base64, et replier les longs en-têtes. Le plus souvent, le HTML tient sur une seule ligne.

finding-message-bare-cr = Une fin de ligne est à moitié là : un CR sans LF
    .why = La RFC 5322 (section 2.3) ne permet les deux qu’ensemble. Les serveurs suppriment le CR isolé, mettent une fin de ligne à sa place, ou refusent le message : ce qui arrive n’est pas ce qui a été signé.
    .fix = Faites terminer chaque ligne par CR LF par le logiciel qui compose le message, et ôtez les CR isolés de ses modèles.

finding-message-mixed-line-ends = Des lignes finissent par CR LF, d’autres par LF seul
    .why = En chemin, chaque ligne finit par CR LF (RFC 5322, section 2.3). Des serveurs refusent un LF isolé, parce qu’il a servi à glisser un second message dans le premier ; d’autres mettent CR LF à sa place. Si le fichier a été modifié après son enregistrement, le mélange peut venir de là.
    .fix = Faites terminer chaque ligne par CR LF par le logiciel qui compose le message. Si vous avez modifié le fichier, enregistrez-le de nouveau depuis la messagerie, en tant que source.

finding-message-junk-in-header = { $count ->
        [one] Une ligne parmi les en-têtes n’en est pas un
       *[other] { $count } lignes parmi les en-têtes n’en sont pas
    }
    .why = Chaque ligne doit y être de la forme `Nom: valeur` ou commencer par une espace (RFC 5322, section 2.2). Les serveurs prennent une telle ligne pour la fin des en-têtes, la suppriment, ou refusent le message : les en-têtes qui suivent peuvent être perdus.
    .fix = Cherchez ce qui l’écrit : un modèle avec une ligne vide, une valeur qui contient une fin de ligne. Regardez surtout les en-têtes qui la suivent.

finding-message-no-mime-version = `MIME-Version` manque, alors que le message dit de quoi il est fait
    .why = `MIME-Version: 1.0` indique que les autres en-têtes de contenu sont à lire (RFC 2045, section 4). Un logiciel strict sur ce point affiche la source du message à la place de son texte.
    .fix = Faites ajouter `MIME-Version: 1.0` par le logiciel qui compose le message.

finding-message-not-all-read = { $what ->
        [parts] Le message a plus de parties que l’on n’en regarde
       *[html] Le texte du message est plus long que ce que l’on regarde
    }
    .why = Pour qu’aucun message ne puisse occuper Garant, seul le début est lu. Ce qui est dit ici porte sur lui ; du reste, rien n’est dit, ni en bien ni en mal.
    .fix = Rien à changer pour cela seul. Un message destiné à être lu est très loin de la limite.

finding-message-several-authors = `From` nomme { $count } auteurs
    .why = { $sender ->
        [yes] C’est permis, puisque `Sender` dit lequel l’a envoyé (RFC 5322, section 3.6.2), mais presque personne ne le fait.
       *[no] Un en-tête `Sender` doit alors dire lequel l’a envoyé (RFC 5322, section 3.6.2) ; il n’y en a pas.
    } DMARC est fait pour un seul domaine d’auteur : beaucoup de destinataires refusent un tel message, ou le classent en indésirables.
    .fix = Mettez une seule adresse dans `From`, et les autres dans `Reply-To` ou `Cc`.

finding-message-sender-superfluous = `Sender` répète l’adresse de `From`
    .why = Il dit qui a envoyé le message quand ce n’est pas l’auteur ; quand c’est le même, il vaut mieux l’omettre (RFC 5322, section 3.6.2). Rien n’échoue pour cela.
    .fix = Faites omettre `Sender` par le logiciel qui compose le message.

finding-message-sender-foreign = `Sender` ({ $sender }) est d’une autre organisation : Outlook affiche « de la part de »
    .why = Quand `Sender` n’est pas `From`, Outlook nomme les deux : l’un envoie de la part de l’autre. DMARC ne regarde pas `Sender`, rien n’échoue donc, mais le lecteur voit un nom qu’il ne connaît peut-être pas.
    .fix = S’il s’agit d’un service d’envoi, authentifiez-y votre domaine ; la plupart omettent alors `Sender`, parfois par un réglage à part.

finding-message-reply-to-foreign = Les réponses partent vers une autre organisation : { $reply_to }
    .why = L’expéditeur affiché est dans { $domain }, et qui répond écrit à quelqu’un d’autre. C’est courant avec les services d’assistance et les listes de diffusion ; c’est aussi un procédé de fraude, et les filtres y regardent.
    .fix = Si vous le pouvez, donnez pour les réponses une adresse de votre propre domaine, et faites-la transférer.

finding-message-reply-to-free-mail = Les réponses partent vers une boîte que n’importe qui peut ouvrir : { $reply_to }
    .why = L’expéditeur affiché est dans { $domain }, un domaine à part entière, mais les réponses en sortent pour une messagerie grand public. C’est exactement la forme de la fraude à la facture, et les filtres la traitent ainsi.
    .fix = Faites aller les réponses à une adresse de { $domain }.

finding-message-display-name-address = Le nom affiché contient { $kind ->
        [address] une adresse
       *[domain] un domaine
    } d’une autre organisation : { $shown }
    .why = Beaucoup de logiciels montrent le nom et cachent l’adresse. Un nom qui contient { $kind ->
        [address] l’adresse
       *[domain] le domaine
    } d’un autre fait croire que le message en vient : c’est le procédé des fraudeurs, et les filtres le traitent ainsi. Les listes de diffusion qui récrivent l’expéditeur le font aussi.
    .fix = Mettez-y votre nom, et rien qui ressemble à une adresse.

finding-message-look-alike-domain = Le domaine de l’expéditeur ne fait que ressembler à { $resembles }
    .why = Il est écrit avec des lettres d’un autre alphabet ({ $list }) qu’aucun œil ne distingue des lettres latines. C’est ainsi que l’on imite des domaines connus ; les logiciels affichent un tel nom sous sa forme codée, ou mettent en garde.
    .fix = Si le domaine est à vous, envoyez depuis un domaine écrit en lettres latines seulement. Sinon, tenez le message pour une imitation.

finding-message-free-mail-by-platform = Une adresse de { $domain } envoie, mais c’est { $signers } qui a signé
    .why = Seule la messagerie peut signer pour { $domain }, et elle ne l’a pas fait. Pour les destinataires, un tel message ressemble à une usurpation : { $domain } et beaucoup d’autres le refusent ou le classent en indésirables, et aucun de vos enregistrements DNS n’y peut rien.
    .fix = Envoyez depuis une adresse d’un domaine à vous, authentifié chez le service qui envoie. La boîte peut rester dans `Reply-To`, même si une adresse à vous y est meilleure aussi.

finding-message-unsubscribe-absent = { $bulk ->
        [no] Pas de `List-Unsubscribe` : c’est normal pour une facture ou une lettre
       *[other] Un envoi en nombre sans le bouton de désabonnement des messageries (`List-Unsubscribe`)
    }
    .why = { message-part-bulk } { $bulk ->
        [no] S’il s’agit quand même d’une lettre d’information ou d’une campagne, Gmail, Yahoo et Apple le demandent.
       *[other] Gmail, Yahoo et Apple exigent des envois en nombre un moyen de se désabonner, et Gmail celui en un clic. Qui n’en trouve pas clique sur « spam ».
    }
    .fix = { $bulk ->
        [no] Si ce message va à une personne à cause de ce qu’elle a fait (une commande, une facture), rien à changer. S’il va à beaucoup, faites ajouter par le service d’envoi `List-Unsubscribe` et `List-Unsubscribe-Post`.
       *[other] Faites ajouter par le service d’envoi `List-Unsubscribe` avec une adresse https, et `List-Unsubscribe-Post: List-Unsubscribe=One-Click`.
    }

finding-message-unsubscribe-mailto-only = On ne se désabonne qu’en écrivant un message (`mailto`)
    .why = { message-part-bulk } Yahoo se contente d’une adresse électronique dans `List-Unsubscribe` ; pour Gmail, un envoi en nombre doit avoir une adresse https et se faire en un clic (RFC 8058).
    .fix = { $bulk ->
        [no] Si ce message va à beaucoup, ajoutez une adresse https et `List-Unsubscribe-Post`. Sinon, rien à changer.
       *[other] Faites ajouter par le service d’envoi une adresse https à côté du `mailto`, et `List-Unsubscribe-Post`.
    }

finding-message-unsubscribe-not-https = L’adresse de désabonnement n’est pas chiffrée (`http`)
    .why = { message-part-bulk } Le désabonnement en un clic n’existe que pour les adresses https (RFC 8058, section 3.1) : les messageries omettent le bouton, ou demandent confirmation.
    .fix = Écrivez l’adresse avec `https://`, et ajoutez `List-Unsubscribe-Post: List-Unsubscribe=One-Click`.

finding-message-unsubscribe-malformed = `List-Unsubscribe` est illisible
    .why = Il doit contenir une ou plusieurs adresses, chacune entre chevrons, séparées par des virgules (RFC 2369). Les messageries qui n’en trouvent aucune n’affichent pas de bouton.
    .fix = Écrivez `List-Unsubscribe: <https://votreentreprise.fr/desabonnement/7f3c9a>`. Un en-tête encodé comme du texte (`=?UTF-8?…?=`) est de ceux qui ne se lisent pas.

finding-message-unsubscribe-repeated = L’en-tête `{ $field }` figure { $count } fois
    .why = Un seul de chaque est permis (RFC 2369 ; RFC 8058, section 3.1). Les messageries en prennent un ou aucun, et la signature peut en couvrir un autre.
    .fix = Gardez-en un. Souvent, votre logiciel et le service d’envoi l’ajoutent tous deux ; plusieurs adresses vont dans un seul en-tête, séparées par des virgules.

finding-message-one-click-absent = On peut se désabonner, mais pas en un clic
    .why = { message-part-bulk } Il y a une adresse https, mais sans `List-Unsubscribe-Post` une messagerie ne doit pas s’en servir elle-même (RFC 8058) : des logiciels ouvrent les liens pour les examiner, et désabonneraient des gens par erreur. Gmail exige le clic unique des envois commerciaux en nombre.
    .fix = Ajoutez `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, et faites accepter à cette adresse un POST sans identification, ni cookie, ni renvoi vers une autre adresse.

finding-message-one-click-invalid = `List-Unsubscribe-Post` ne dit pas ce qu’il doit dire
    .why = Il ne peut contenir que `List-Unsubscribe=One-Click` (RFC 8058, section 3.1). Avec toute autre valeur, les messageries n’affichent pas de bouton en un clic.
    .fix = Écrivez `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, à la lettre.

finding-message-one-click-without-https = Le clic unique est annoncé, mais sans adresse https
    .why = `List-Unsubscribe-Post` ne compte qu’avec une adresse https dans `List-Unsubscribe` (RFC 8058, section 3.1). Tel quel, les messageries l’ignorent.
    .fix = Ajoutez à `List-Unsubscribe` une adresse https à vous, entre chevrons.

finding-message-one-click-not-signed = Le désabonnement en un clic ne compte pas : aucune signature ne le couvre
    .why = { $reason ->
        [unsigned] Le message n’a pas de signature DKIM.
        [failed] Le message est signé, mais aucune de ses signatures DKIM n’est bonne.
       *[unlisted] La signature couvre d’autres en-têtes, mais pas à la fois `List-Unsubscribe` et `List-Unsubscribe-Post` : ils ne figurent pas dans son `h=`.
    } Les deux doivent être couverts par une signature valide (RFC 8058, section 4), sans quoi n’importe qui aurait pu y mettre l’adresse ; les messageries n’affichent alors pas de bouton.
    .fix = { $reason ->
        [unlisted] Faites inscrire les deux en-têtes dans `h=` par celui qui signe ; un serveur qui les ajoute après la signature doit signer ensuite.
       *[other] Corrigez d’abord la signature DKIM ; il en est question à part.
    }

finding-message-one-click-not-oversigned = Un second `List-Unsubscribe` pourrait être ajouté sans casser la signature
    .why = La signature couvre les en-têtes présents, mais n’en interdit pas d’autres. Qui transmet le message pourrait mettre une autre adresse au-dessus de la vôtre, et la signature resterait bonne.
    .fix = Faites inscrire les deux noms dans `h=`, par celui qui signe, une fois de plus qu’ils ne figurent dans le message.

finding-message-one-click = On peut se désabonner en un clic
    .why = `List-Unsubscribe` a une adresse https, `List-Unsubscribe-Post` dit ce qu’il doit, et une signature couvre les deux (RFC 8058). Si l’adresse répond, le message ne permet pas de le dire.
    .fix = Rien à changer.

finding-message-no-unsubscribe-link = { $wording ->
        [yes] Le texte parle de désabonnement, mais ne contient pas de lien pour cela
       *[no] Un envoi en nombre sans lien de désabonnement dans son texte
    }
    .why = Des en-têtes du message ({ $signs }) montrent qu’il est envoyé en nombre. Gmail veut dans le texte de ces envois un lien bien visible, en plus du bouton de la messagerie. Qui n’en trouve pas clique sur « spam », et c’est l’expéditeur que cela vise. Les liens sont reconnus à leurs mots, dans sept langues.
    .fix = Mettez dans le texte un lien de désabonnement, bien en vue et en mots simples.

finding-message-unsubscribe-hidden = Le lien de désabonnement ne se voit pas
    .why = { $how ->
        [display] Il est dans le HTML, mais son style demande de ne pas l’afficher.
        [size] Il est dans le HTML, mais ses lettres ont un pixel de haut au plus.
        [colour] Il est dans le HTML, mais il a la couleur de son fond.
       *[empty] Il est dans le HTML, mais n’a ni texte ni image.
    } Pour le lecteur, il n’existe pas ; pour les filtres, un texte caché est un trait du courrier indésirable.
    .fix = Montrez le lien : de la taille du texte qui l’entoure, d’une couleur qui ressort.

finding-message-html-without-text = Du HTML sans le même contenu en texte simple
    .why = Les logiciels et les lecteurs qui n’affichent pas le HTML ne voient rien, ou des balises. Les filtres en tiennent un peu compte, car les programmes hâtifs n’écrivent que du HTML.
    .fix = Faites ajouter une partie texte (`multipart/alternative`) par le logiciel d’envoi ; la plupart des services la tirent du HTML.

finding-message-text-empty = Le texte simple à côté du HTML est vide
    .why = Qui lit en texte (une montre, un lecteur d’écran, une entreprise stricte) voit un message vide, et les filtres comparent les deux parties.
    .fix = Faites tirer la partie texte du HTML.

finding-message-text-differs = Le texte simple ne dit pas ce que dit le HTML ({ $text } lettres, { $html } dans le HTML)
    .why = Les deux devraient dire la même chose (RFC 2046, section 5.1.4) : chaque lecteur n’en voit qu’un. Un texte qui ne fait que renvoyer au HTML n’aide personne, et les filtres comparent les deux parties.
    .fix = Faites tirer la partie texte du HTML, les liens écrits en toutes lettres.

finding-message-link-differs = { $count ->
        [one] Un lien affiché comme { $shown } mène
       *[other] { $count } liens affichés comme { $shown } mènent
    } ailleurs
    .why = Le texte du lien est une adresse, et le lien va vers une autre organisation : { $target }. C’est le procédé de l’hameçonnage, et des logiciels mettent le lecteur en garde. Le comptage des clics sous le domaine du service d’envoi fait le même effet.
    .fix = Affichez des mots plutôt qu’une adresse (« Lire la suite »), ou faites compter les clics sous un sous-domaine à vous.

finding-message-link-to-address = { $count ->
        [one] Un lien mène
       *[other] { $count } liens mènent
    } à une adresse IP au lieu d’un nom
    .why = Les sites honnêtes ont un nom. Des liens comme { $target } sont presque toujours ceux d’une machine détournée, et les filtres les traitent ainsi.
    .fix = Utilisez le nom du site, avec `https://`.

finding-message-link-not-https = { $count ->
        [one] Un lien n’est pas chiffré
       *[other] { $count } liens ne sont pas chiffrés
    } (`http`)
    .why = N’importe qui en chemin peut lire et modifier ce que le lecteur y voit, et les navigateurs mettent en garde : { $target }.
    .fix = Écrivez les adresses avec `https://`. Si le service compte les clics sous un sous-domaine à vous, faites-lui obtenir un certificat.

finding-message-link-shortened = { $count ->
        [one] Un lien passe
       *[other] { $count } liens passent
    } par un raccourcisseur public
    .why = Une adresse comme { $target } ne dit pas où elle mène, et les spammeurs emploient les mêmes services : les filtres jugent les vôtres d’après les leurs.
    .fix = Écrivez l’adresse entière, ou raccourcissez-la sous un domaine à vous.

finding-message-link-script = { $count ->
        [one] Un lien n’est pas une adresse
       *[other] { $count } liens ne sont pas des adresses
    } mais { $scheme ->
        [data] une page entière
       *[other] un programme
    } (`{ $scheme }:`)
    .why = Les messageries ne l’exécutent pas, et les filtres y voient une attaque ; certains destinataires refusent le message.
    .fix = Mettez la page sur un site, et faites-y mener le lien.

finding-message-html-large = Le HTML pèse { $kilobytes } ko : Gmail le coupe après { $limit } ko environ
    .why = Gmail montre le début, et un lien vers le reste. Ce qui est à la fin ne se voit pas, et c’est là qu’est d’ordinaire le lien de désabonnement.
    .fix = Raccourcissez le message : moins de blocs, les styles une fois plutôt que dans chaque cellule, les images en liens.

finding-message-large = Le message pèse { $megabytes } Mo, plus de { $limit } Mo
    .why = Les destinataires limitent ce qu’ils acceptent : beaucoup de petits serveurs à 10 Mo, beaucoup d’entreprises à 20, les messageries à 25 ou un peu plus. Ce qui compte est le message tel qu’il voyage, où une pièce jointe pèse un tiers de plus que sur le disque.
    .fix = Mettez les gros fichiers sur un site, et envoyez le lien.

finding-message-pictures-only = { $count ->
        [one] Une image
       *[other] { $count } images
    } et presque aucun mot
    .why = Hors des liens, le message contient { $letters } lettres. Les lecteurs dont le logiciel n’affiche pas les images ne voient rien, les aveugles non plus ; et comme le courrier indésirable cache ses mots dans des images, les filtres s’en méfient.
    .fix = Écrivez le texte en texte, et gardez les images pour ce qui en est une. Donnez à chacune un `alt`.
