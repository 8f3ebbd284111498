# `garant keygen` et `garant sign`.
cli-keygen = Crée une clé pour les signatures DKIM, et dit quel enregistrement publier
cli-keygen-domain = Le domaine qui signe : celui de votre adresse e-mail
cli-keygen-selector = Le nom de la clé ; sinon, un nom qui porte la date du jour, par exemple g20260706
cli-keygen-algorithm = rsa, que tous les destinataires vérifient, ou ed25519, à côté d’une clé RSA ; rsa sinon
cli-keygen-bits = La longueur d’une clé RSA : 2048, 3072 ou 4096 ; 2048 sinon
cli-keygen-out = Où écrire la clé privée, dans un fichier nouveau ; SÉLECTEUR._domainkey.DOMAINE.pem sinon
cli-keygen-format = Forme du résultat : text, zone (une ligne de fichier de zone) ou json ; text sinon
keygen-made = Une clé pour { $domain }, au sélecteur { $selector } : { $kind ->
    [ed25519] Ed25519.
   *[rsa] RSA, { $bits } bits.
}
keygen-kept = La clé privée est dans { $path }, que vous seul pouvez lire. Qui la détient peut signer au nom de { $domain } : sa place est sur le serveur qui signe, et nulle part ailleurs.
keygen-ed25519 = Beaucoup de destinataires, dont Gmail, ne vérifient pas Ed25519 : ils notent dkim=fail à côté de la signature RSA qui réussit. Signez toujours aussi avec une clé RSA, à un sélecteur qui lui est propre.
keygen-long-key = L’enregistrement compte { $characters } caractères, ce que les formulaires de certains hébergeurs DNS refusent, et chaque signature coûte davantage. 2048 bits suffisent à tous les destinataires.
keygen-panel = À publier, dans le formulaire d’un hébergeur DNS : un enregistrement de type TXT
keygen-panel-name = nom (la plupart des formulaires ajoutent eux-mêmes le domaine)
keygen-panel-value = valeur, d’un seul tenant
keygen-panel-split = ou, si elle est refusée ou coupée, en morceaux de 255 caractères dans un seul enregistrement
keygen-zone = Ou comme ligne d’un fichier de zone
keygen-check = Une fois l’enregistrement publié, vérifiez-le
keygen-sign = Puis signez
keygen-bits = --bits vaut pour les clés RSA : une clé Ed25519 a toujours 256 bits.
keygen-long = « { $selector }._domainkey.{ $domain } » est plus long qu’un nom du DNS ne peut l’être. Choisissez un sélecteur plus court.
keygen-failed = Aucune clé n’a été créée : le système n’a pas fourni de hasard.
cli-sign = Signe un message avec DKIM, et l’affiche précédé de sa signature
cli-sign-message = Le message ; sinon, ou avec -, l’entrée standard
cli-sign-domain = Le domaine qui signe (d=), avec --selector, pour une clé donnée sans son nom
cli-sign-selector = Le sélecteur (s=), avec --domain
cli-sign-key = Une clé privée : FILE, ou SELECTOR._domainkey.DOMAIN=FILE ; répétable, pour plusieurs signatures
cli-sign-header-only = N’affiche que les champs de signature, et ne garde rien du message
cli-sign-author = Quels domaines signataires doivent répondre de l’auteur : every (tous), one (un au moins) ou any (peu importe) ; every sinon
cli-sign-through-lists = Laisse les listes de diffusion ajouter leurs champs List- ; sinon, aucun ne peut être ajouté à un message signé
cli-sign-days = Combien de jours la signature vaut, de 1 à 30 ; 8 sinon
error-sign-name = On ne sait pas pour quel domaine { $path } signe. Donnez --domain et --selector, ou --key SELECTOR._domainkey.DOMAIN={ $path }.
error-sign-domain = --domain et --selector ne se rapportent à aucune clé : chaque --key dit déjà les siens.
error-sign-key = { $path } ne peut pas servir à signer : { $reason ->
    [encrypted] la clé est protégée par une phrase de passe. Retirez-la d’abord : openssl pkey -in { $path }.
    [public] ce fichier contient une clé publique ou un certificat. C’est la clé privée qu’il faut.
    [kind] DKIM ne signe qu’avec RSA et Ed25519, et cette clé est d’une autre sorte.
    [short] cette clé RSA a { $bits } bits. Un destinataire peut refuser moins de 1024 bits, et 2048 sont demandés (RFC 8301) : créez-en une nouvelle avec garant keygen.
    [long] cette clé RSA a { $bits } bits, plus que les destinataires ne sont tenus d’en vérifier. 2048 suffisent.
   *[none] il ne contient pas de clé privée, ou elle est endommagée. Le format PEM est attendu (PKCS #8 ou PKCS #1).
}
error-sign-keys = Ces clés ne peuvent pas signer ensemble : { $reason ->
    [twice] deux d’entre elles portent le nom { $name }. Chaque clé a un sélecteur qui lui est propre.
    [long] le nom de la clé de { $name } est plus long qu’un nom du DNS ne peut l’être.
    [odd] « { $name } » n’est pas un domaine ou un sélecteur qu’une signature puisse porter.
   *[many] il peut y en avoir { $limit } au plus.
}
sign-refused = Message non signé : { $reason }
sign-refused-empty = il n’y a pas de message.
sign-refused-no-header = la première ligne n’est pas un champ d’en-tête. Le début du message manque-t-il ?
sign-refused-large = le message dépasse { $limit } Mo, ce qu’aucun destinataire n’accepte.
sign-refused-large-header = l’en-tête dépasse { $limit } Mo. La ligne vide avant le corps est-elle absente ?
sign-refused-fields = il y a plus de { $limit } champs d’en-tête.
sign-refused-mailbox = la première ligne (« From » sans deux-points) appartient à un fichier de boîte et non au message. Retirez-la.
sign-refused-not-a-field = la ligne { $line } n’est ni un champ d’en-tête ni la suite d’un champ. Certains programmes la prendraient pour la fin de l’en-tête.
sign-refused-blank = la ligne { $line } de l’en-tête ne contient que des blancs. Certains programmes la prendraient pour la fin de l’en-tête.
sign-refused-space = à la ligne { $line }, un blanc sépare le nom du champ de ses deux-points. Certains programmes lisent ce champ, d’autres non.
sign-refused-bare-cr = à la ligne { $line } de l’en-tête, un CR n’est pas suivi de LF. Certains programmes le prennent pour une fin de ligne.
sign-refused-line-ends = la ligne { $line } de l’en-tête finit par LF seul, d’autres par CRLF. Tous les programmes n’y voient pas les mêmes lignes.
sign-refused-control = la ligne { $line } de l’en-tête contient un caractère de commande ({ $code } en hexadécimal).
sign-refused-duplicate = le champ { $name } figure plusieurs fois. Les programmes ne montrent pas tous le même.
sign-refused-no-from = il n’y a pas de champ From, donc personne dont on puisse répondre.
sign-refused-no-address = From ne contient pas d’adresse avec un domaine.
sign-refused-authors = From contient { $count } adresses. On ne peut répondre que d’un seul auteur.
sign-refused-unclear = From est écrit de telle sorte que les programmes peuvent y trouver des auteurs différents. Écrivez nom <adresse@domaine>.
sign-refused-domain = { $domain } ne répond pas d’un auteur en { $author }. Le domaine qui signe doit être celui de l’auteur, ou se trouver au-dessus dans la même organisation ; sinon, DMARC ne compterait pas la signature, ou un service parlerait au nom de tous.
sign-refused-no-domain = aucun des domaines qui signent n’est celui de l’auteur ({ $author }), ni ne se trouve au-dessus dans la même organisation.
sign-refused-key = la clé { $name } n’a pas signé.
sign-remark-absent = Le message n’a pas de champ { $name }. Le premier serveur en ajouterait un, et casserait la signature : donnez-lui un { $name } avant de le signer.
sign-remark-long-line = La ligne { $line } dépasse 998 caractères. Les serveurs coupent de telles lignes, et la signature n’y survit pas : encodez cette partie (quoted-printable ou base64).
