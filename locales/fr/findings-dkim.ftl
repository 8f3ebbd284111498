### DKIM : les constats, un message par code (titre, .why, .fix).
### Arguments : ceux de crates/check/src/finding.rs, plus $domain et $name. Texte entre accents graves : à citer tel quel.

finding-dkim-not-found = { $selectors ->
        [one] Aucune clé DKIM utilisable au seul sélecteur interrogé
       *[other] Aucune clé DKIM utilisable aux { $selectors } sélecteurs interrogés
    }
    .why = Une clé DKIM porte un nom, le sélecteur, que choisit le service d’envoi : le DNS ne permet pas d’en dresser la liste. Noms interrogés : { $list }. Une clé existe peut-être sous un autre nom ; cette vérification ne peut pas le dire.
    .fix = Demandez son sélecteur à chaque service qui écrit en votre nom, ou lisez-le dans un message reçu de lui (en-tête `DKIM-Signature`, valeur de `s=`), puis vérifiez de nouveau avec ce sélecteur.

finding-dkim-none-at-all = Le domaine { $domain } ne publie aucune clé DKIM
    .why = Rien n’existe sous _domainkey.{ $domain } : aucun destinataire ne peut vérifier une signature au nom de { $domain }. Sans DKIM, il ne reste que SPF, qu’un simple transfert suffit en général à faire échouer. Orange et, pour les envois en nombre, Gmail, Yahoo, Apple et Outlook.com demandent SPF et DKIM.
    .fix = Activez la signature DKIM chez chaque service qui écrit en votre nom, puis publiez sous `_domainkey` les enregistrements (CNAME ou TXT) qu’il affiche.

finding-dkim-selector-absent = Le sélecteur `{ $selector }` n’a pas de clé
    .why = Le destinataire cherche la clé à { $name } et n’y trouve rien : une signature faite sous ce sélecteur ne peut pas être vérifiée, et le message compte comme non signé.
    .fix = Vérifiez d’abord le nom saisi : beaucoup d’hébergeurs DNS ajoutent le domaine eux-mêmes, et l’enregistrement se trouve alors sous un nom où le domaine figure deux fois ; dans ce cas, ne saisissez que `{ $selector }._domainkey`. Sinon, publiez à { $name } la clé (TXT) ou l’alias (CNAME) que donne le service d’envoi.

finding-dkim-revoked = La clé du sélecteur `{ $selector }` a été retirée
    .why = Une valeur vide (`p=`) dit aux destinataires que cette clé ne vaut plus : toute signature faite sous ce sélecteur échoue. C’est normal pour une ancienne clé, grave si un service signe encore avec elle.
    .fix = Si plus aucun service ne signe sous ce sélecteur : rien à changer. Sinon, publiez la clé que donne le service, ou faites-lui choisir un sélecteur en service.

finding-dkim-short-key = La clé du sélecteur `{ $selector }` est trop courte : { DIGITS($bits) } bits
    .why = En dessous de 1024 bits, les destinataires ne doivent pas accepter la signature (RFC 8301, section 3.2) : vos messages comptent comme non signés.
    .fix = Faites créer une clé RSA de 2048 bits sous un nouveau sélecteur, publiez-la, faites signer avec elle, puis retirez l’ancienne.

finding-dkim-weak-key = La clé du sélecteur `{ $selector }` est valide, mais courte : { DIGITS($bits) } bits
    .why = Les destinataires acceptent les clés RSA à partir de 1024 bits ; 2048 bits sont recommandés (RFC 8301, section 3.2). Cette longueur ne fait rien échouer aujourd’hui.
    .fix = Au prochain renouvellement, passez à une clé RSA de 2048 bits sous un nouveau sélecteur.

finding-dkim-multiple = Le sélecteur `{ $selector }` porte { $count } enregistrements au lieu d’un
    .why = Devant plusieurs enregistrements, la norme ne dit pas ce que fait le destinataire (RFC 6376, section 3.6.2.2) : il en prend un au hasard, les essaie tous ou renonce. La même signature passe chez l’un et échoue chez l’autre.
    .fix = Ne gardez que l’enregistrement de la clé en service et supprimez les autres. Deux clés à la fois demandent deux sélecteurs.

finding-dkim-split-in-two = La clé du sélecteur `{ $selector }` est coupée en deux enregistrements
    .why = Une longue clé peut se partager en plusieurs chaînes d’un même enregistrement TXT, jamais en plusieurs enregistrements : chaque moitié, lue seule, est inutilisable, et les signatures échouent.
    .fix = Supprimez les deux moitiés et publiez la clé entière dans un seul enregistrement TXT.

finding-dkim-truncated = La clé du sélecteur `{ $selector }` est coupée : { $found } octets sur { $expected }
    .why = La clé annonce sa propre longueur et s’arrête avant : elle est inutilisable, et chaque signature échoue. Le plus souvent, le formulaire de l’hébergeur DNS a coupé le texte à 255 caractères.
    .fix = Recopiez la clé entière depuis le service d’envoi. Si le formulaire la coupe encore, saisissez-la en plusieurs chaînes d’un même enregistrement (255 caractères au plus chacune), ou demandez au service un alias (CNAME).

finding-dkim-pem-armor = La clé du sélecteur `{ $selector }` contient les lignes d’un fichier PEM
    .why = Les lignes `-----BEGIN …-----` et `-----END …-----` appartiennent au fichier, pas à la clé : avec elles, aucun destinataire ne peut la lire, et les signatures échouent.
    .fix = { EMPTY($fixed) ->
        [yes] Remplacez la valeur par la clé publique que le service d’envoi affiche pour ce sélecteur : ce fichier n’en contient pas de lisible.
       *[no] Ne gardez après `p=` que le texte qui se trouve entre ces deux lignes, sans retour à la ligne.
    }

finding-dkim-not-base64 = La clé du sélecteur `{ $selector }` contient un caractère interdit
    .why = Le caractère `{ $character }`, en position { DIGITS($column) }, n’appartient pas à l’écriture des clés (base64 : lettres, chiffres, `+`, `/` et `=`). Les destinataires ne peuvent pas lire la clé, et les signatures échouent.
    .fix = Recopiez la clé depuis le service d’envoi, sans passer par un traitement de texte ni par une capture d’écran.

finding-dkim-key-format = Le sélecteur `{ $selector }` ne contient pas une clé publique
    .why = Le texte de `p=` se lit, mais ce qu’il contient n’est pas une clé publique : les destinataires ne peuvent rien vérifier avec, et les signatures échouent. Souvent, une autre valeur (un certificat, un jeton) a été collée à sa place.
    .fix = Recopiez la valeur que le service d’envoi affiche pour ce sélecteur, et elle seule.

finding-dkim-ed25519-wrapped = La clé Ed25519 du sélecteur `{ $selector }` est dans son emballage
    .why = Pour Ed25519, `p=` doit contenir les 32 octets de la clé et rien d’autre (RFC 8463, section 4.2). Ici s’y ajoute l’enveloppe que produisent les outils courants : la clé n’est pas reconnue.
    .fix = Remplacez la valeur de `p=` par les 32 octets de la clé seuls.

finding-dkim-version-not-first = Au sélecteur `{ $selector }`, `v=DKIM1` n’est pas en tête
    .why = La version, quand elle est indiquée, doit ouvrir l’enregistrement (RFC 6376, section 3.6.1). Certains destinataires refusent la clé pour cela, d’autres la lisent quand même.
    .fix = Remettez `v=DKIM1` au tout début.

finding-dkim-version-unknown = Au sélecteur `{ $selector }`, la version `{ $value }` n’existe pas
    .why = La seule version est `DKIM1`. Les destinataires doivent écarter un enregistrement qui en annonce une autre (RFC 6376, section 3.6.1) : la clé est comme absente, et les signatures échouent.
    .fix = Écrivez `v=DKIM1` au tout début.

finding-dkim-no-key = L’enregistrement du sélecteur `{ $selector }` ne contient pas de clé
    .why = La balise `p=`, qui porte la clé, n’y est pas : les destinataires ne peuvent rien vérifier, et les signatures faites sous ce sélecteur échouent.
    .fix = Recopiez l’enregistrement entier depuis le service d’envoi ; la fin a pu se perdre à la saisie.

finding-dkim-unreadable = Le texte du sélecteur `{ $selector }` ne se lit pas comme un enregistrement DKIM
    .why = Une clé s’écrit comme une suite de balises, chacune une seule fois : `v=DKIM1; k=rsa; p=…`. Ici se trouve : `{ $found }`. Les destinataires ne peuvent pas en tirer une clé sûre, et les signatures échouent.
    .fix = Remplacez ce texte par l’enregistrement que le service d’envoi affiche pour ce sélecteur.

finding-dkim-quoted = Au sélecteur `{ $selector }`, des guillemets font partie de la donnée
    .why = Les guillemets d’un fichier de zone entourent la valeur sans en faire partie. Saisis dans un formulaire qui les ajoute lui-même, ils entrent dans l’enregistrement, et les destinataires n’y reconnaissent plus la clé.
    .fix = Saisissez la valeur sans guillemets ni barres obliques inverses.

finding-dkim-key-type-unknown = Au sélecteur `{ $selector }`, le type de clé `{ $value }` n’existe pas
    .why = Les types connus sont `rsa` et `ed25519`. Les destinataires ignorent une clé d’un autre type (RFC 6376, section 3.6.1), et les signatures échouent.
    .fix = Écrivez le type réel de la clé : `k=rsa` dans presque tous les cas.

finding-dkim-key-type-mismatch = Au sélecteur `{ $selector }`, le type annoncé n’est pas celui de la clé
    .why = L’enregistrement annonce `{ $value }`, la clé est du type { $found } : les destinataires la lisent de travers, et les signatures échouent.
    .fix = Écrivez dans `k=` le type réel de la clé, ou recopiez l’enregistrement entier depuis le service d’envoi.

finding-dkim-sha1-only = La clé du sélecteur `{ $selector }` n’admet que SHA-1 (`h=sha1`)
    .why = Les destinataires ne doivent plus accepter les signatures en SHA-1 (RFC 8301, section 3.1), et la balise `h=sha1` interdit toutes les autres : aucune signature ne peut passer sous ce sélecteur.
    .fix = Retirez la balise `h=`, et vérifiez que le service signe en `rsa-sha256`.

finding-dkim-other-service = La clé du sélecteur `{ $selector }` exclut le courrier
    .why = La balise `s={ $value }` réserve la clé à un autre usage. Les destinataires l’ignorent pour le courrier (RFC 6376, section 3.6.1), et les signatures échouent.
    .fix = Si cette clé doit servir au courrier, retirez la balise `s=`. Si elle est réservée exprès à un autre usage, comme l’envoi de rapports (`s=tlsrpt`), rien à changer.

finding-dkim-testing = La clé du sélecteur `{ $selector }` est marquée « en essai »
    .why = Avec `t=y`, la norme demande aux destinataires de traiter vos messages comme s’ils n’étaient pas signés (RFC 6376, section 3.6.1). Tous ne le font pas : vous ne pouvez pas compter sur cette clé.
    .fix = Retirez le drapeau `y` une fois la signature vérifiée sur un message d’essai.

finding-dkim-pkcs1 = La clé du sélecteur `{ $selector }` est écrite dans une forme rare
    .why = La clé RSA est donnée nue (PKCS#1) au lieu de la forme habituelle (SubjectPublicKeyInfo). La plupart des destinataires lisent les deux ; quelques-uns n’attendent que la seconde.
    .fix = Au prochain renouvellement, publiez la clé dans la forme habituelle (en 2048 bits, son texte commence alors par `MIIBIjAN`).

finding-dkim-ed25519-only = { $scope ->
        [path] Les messages envoyés par { verdict-part-by } ne sont signés qu’avec Ed25519
       *[domain] Seules des clés Ed25519 ont été trouvées
    }
    .why = Sélecteurs : { $list }. Beaucoup de destinataires ne vérifient que RSA ; pour eux, une signature Ed25519 seule ne compte pas, et DMARC ne repose plus que sur SPF.
    .fix = Publiez aussi une clé RSA de 2048 bits, sous un autre sélecteur, et faites signer chaque message avec les deux.

finding-dkim-dangling = L’alias du sélecteur `{ $selector }` mène à un nom où il n’y a pas de clé
    .why = L’alias (CNAME) mène à { $target }, où aucun texte n’est publié : la clé est introuvable, et les signatures échouent. La cible est mal saisie, ou le contrat avec ce service a pris fin ; dans ce cas, quelqu’un d’autre pourrait un jour reprendre ce nom.
    .fix = Si le service est toujours le vôtre, recopiez la cible qu’il affiche, avec son point final si votre hébergeur DNS le demande. Sinon, supprimez l’alias.

finding-dkim-wildcard = Un enregistrement générique (`*`) répond pour tous les sélecteurs
    .why = N’importe quel nom sous _domainkey.{ $domain } reçoit la même réponse : `{ $found }`. On ne peut donc rien conclure de la présence d’une réponse à un sélecteur.
    .fix = Si ce domaine n’envoie pas de courrier et que la réponse est une clé retirée (`p=` vide) : rien à changer. Sinon, supprimez l’enregistrement générique et publiez chaque clé à son nom.

finding-dkim-valid = Clé valide au sélecteur `{ $selector }` : { $algorithm ->
        [rsa] RSA, { DIGITS($bits) } bits
        [ed25519] Ed25519
       *[other] { $algorithm }
    }
    .why = Les destinataires peuvent vérifier les messages signés sous ce sélecteur. Seul un message réel montre que le service signe bien avec cette clé et au nom de votre domaine (`d=`).
    .fix = Rien à changer.

finding-dkim-private-key = La clé secrète du sélecteur `{ $selector }` est publiée
    .why = Ce qui figure là est la clé secrète, celle qui signe. Quiconque lit cet enregistrement peut s’en servir : tant que la clé publique qui va avec est publiée quelque part chez vous, les destinataires acceptent ses signatures au nom de { $domain }.
    .fix = Supprimez cet enregistrement sans attendre, faites créer une autre paire de clés par le service d’envoi, et ne publiez que la clé publique, sous un nouveau sélecteur.

finding-dkim-hash-unknown = La clé du sélecteur `{ $selector }` n’admet aucune fonction de hachage connue (balise `h=`)
    .why = La balise `h=` n’admet que `{ $value }`, alors que les signatures DKIM se font en SHA-256 (RFC 8301) : aucune signature ne peut passer sous ce sélecteur.
    .fix = Retirez la balise `h=`, ou écrivez `h=sha256`.
