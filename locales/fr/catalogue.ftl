# Ce que l’on sait des services d’envoi, des hébergeurs DNS et des destinataires, et `garant senders`.

## Ce que fait un destinataire, pour autant que l’authentification en décide.

receiver-other = Autres destinataires
receiver-action-deliver = Rien ne s’y oppose
receiver-action-spam = Indésirables probables
receiver-action-refuse = Refus probable
receiver-action-unknown = Inconnu

receiver-rule-nothing-against = Rien, dans les règles publiées, ne s’oppose à ce message ; son contenu et la réputation de l’expéditeur comptent aussi.
receiver-rule-policy-reject = Le message échoue à DMARC, et le domaine demande alors le refus (`p=reject`) : il est refusé, ou classé en indésirables.
receiver-rule-policy-quarantine = Le message échoue à DMARC, et le domaine demande alors le classement en indésirables (`p=quarantine`).
receiver-rule-spf-or-dkim = La règle demande à tout expéditeur que SPF ou DKIM réussisse ; ici, aucun des deux ne réussit.
receiver-rule-spf-and-dkim = La règle demande que SPF et DKIM réussissent tous les deux ; que DMARC réussisse par l’un ne suffit pas.
receiver-rule-aligned-leg = La règle demande que SPF ou DKIM réussisse pour un nom qui s’accorde avec l’adresse d’expédition affichée (alignement).
receiver-rule-dmarc-record = La règle demande que le domaine publie une politique DMARC, fût-ce `p=none`.
receiver-rule-dmarc-pass = La règle demande que DMARC réussisse, quelle que soit la politique.
receiver-rule-spf-not-fail = La règle refuse le courrier d’un serveur que l’enregistrement SPF de l’adresse de retour exclut (`fail`).
receiver-rule-unknown = Ce qui a pu être établi ne suffit pas pour le dire.

## Ce à quoi il faut veiller chez un hébergeur DNS.

host-hint-no-domain = Ne saisissez que ce nom, sans votre domaine : votre hébergeur DNS l’ajoute lui-même.
host-hint-no-domain-unsure = La plupart des hébergeurs DNS ajoutent eux-mêmes votre domaine à ce nom. Si le vôtre attend le nom entier, saisissez-le entier ; relisez en tout cas le nom obtenu après l’enregistrement.
host-hint-apex-at = `@` désigne le domaine lui-même.
host-hint-apex-empty = Laissez le champ du nom vide : l’enregistrement porte alors sur le domaine lui-même.
host-hint-apex-unsure = `@` désigne le domaine lui-même. Si le formulaire ne l’accepte pas, laissez le champ vide.
host-hint-final-dot = Gardez le point final : sans lui, votre hébergeur DNS ajoute votre domaine derrière la cible.
host-hint-final-dot-unsure = Relisez la cible après l’enregistrement : si votre domaine a été ajouté derrière, terminez-la par un point.
host-hint-dns-only = Choisissez « DNS uniquement » (« DNS only », nuage gris) : derrière le proxy, personne ne voit plus cet alias.
host-hint-quotes = Saisissez la valeur avec ses guillemets droits, comme elle est montrée.
host-hint-no-quotes = Saisissez la valeur sans guillemets : ils seraient refusés, ou feraient partie de l’enregistrement.
host-hint-long-whole = Collez la valeur entière, en une fois et sans guillemets : votre hébergeur DNS la découpe lui-même.
host-hint-long-split = La valeur dépasse les 255 caractères d’une chaîne : elle est montrée découpée, chaque morceau entre guillemets, séparés par une espace. Collez-la ainsi, dans un seul enregistrement.
host-hint-long-limited = Ce formulaire s’arrête à 255 caractères, et la valeur est plus longue. Passez par le formulaire DKIM, ou par la modification en mode textuel, qui n’a pas cette limite.
host-hint-long-unsure = La valeur dépasse les 255 caractères d’une chaîne. Collez-la entière ; si elle est refusée ou coupée, saisissez-la découpée, chaque morceau entre guillemets, dans un seul enregistrement.
host-hint-too-long = La valeur dépasse ce que cet hébergeur DNS accepte dans un enregistrement TXT. Demandez une clé plus courte (2048 bits au plus), ou un alias (CNAME) à la place du texte.
host-hint-underscore = Le formulaire de cet hébergeur DNS refuse le caractère `_` dans le nom d’un CNAME, alors qu’il est permis. Trois issues : demandez à son assistance de créer l’enregistrement ; publiez la clé en texte (TXT), si le service d’envoi la donne ; ou confiez `_domainkey` entier à d’autres serveurs DNS par des enregistrements NS.
host-hint-alias-at-apex = Un alias (CNAME) ne peut pas se trouver au domaine lui-même, où sont déjà les enregistrements SOA et NS de la zone. Choisissez un nom au-dessous, par exemple un sous-domaine.
host-hint-custom-mx = Réglez d’abord « Mail settings » sur « Custom MX » : les enregistrements MX ne peuvent être saisis qu’ensuite.

## Ce qu’est un service d’envoi.

catalogue-category-esp = lettres d’information et messages automatiques
catalogue-category-mailbox = boîtes aux lettres
catalogue-category-hosting = hébergement avec messagerie
catalogue-category-support = assistance aux clients
catalogue-category-dmarc-vendor = lecture de rapports DMARC
catalogue-category-saas = logiciel en ligne
catalogue-category-gateway = filtre placé devant les boîtes aux lettres
catalogue-category-forwarding = transfert
catalogue-category-crm = relation client
catalogue-category-billing = facturation et paiement
catalogue-category-ecommerce = boutique en ligne
catalogue-category-cms = site web
catalogue-category-relay = relais d’envoi

catalogue-confidence-verified = vérifié
catalogue-confidence-partly = vérifié en partie
catalogue-confidence-unverified = non vérifié

catalogue-key-form-alias = par des alias (CNAME) vers des clés que le service garde et renouvelle lui-même
catalogue-key-form-text = en texte (TXT), que vous collez
catalogue-key-form-either = par des alias (CNAME) ou en texte (TXT), selon le compte
catalogue-key-form-delegation = en confiant `_domainkey` entier à ses serveurs DNS (NS)
catalogue-key-form-unknown = nous ne le savons pas

catalogue-return-path-service = Toujours la sienne : SPF réussit pour son domaine, jamais pour le vôtre.
catalogue-return-path-subdomain = Dans un sous-domaine du vôtre, s’il est mis en place ; sinon la sienne.
catalogue-return-path-author = Celle de l’expéditeur : c’est l’enregistrement SPF de votre domaine qui compte.
catalogue-return-path-unknown = Nous ne savons pas à qui elle appartient ; le champ Return-Path d’un message reçu la montre.

catalogue-return-path-form-alias = par un alias (CNAME)
catalogue-return-path-form-exchange = par un MX et un enregistrement SPF
catalogue-return-path-form-delegation = en le confiant à ses serveurs DNS (NS)

## La commande `garant senders`.

cli-senders = Énumère les services d’envoi connus, ou en montre un en entier
cli-senders-word = Le nom d’un service, par exemple activecampaign ou Brevo
cli-senders-format = Forme du résultat : text ou json ; text sinon

senders-list = { $count ->
    [one] Un service d’envoi est connu.
   *[other] { $count } services d’envoi sont connus.
} `garant senders NOM` en montre un en entier ; `garant check DOMAINE --sender NOM` dit si son courrier passera.
senders-entry = { $name } ({ $confidence }) : { $recognised ->
    [none] connu de nom seulement
   *[other] { $recognised }
}
senders-by-key = DKIM
senders-by-spf = SPF
senders-by-exchange = MX
senders-by-return-path = adresse de retour
senders-by-verification = code de vérification
senders-by-platform = par { $platform }, dont il a les enregistrements
senders-id = identifiant
senders-also = se dit aussi
senders-category = ce que c’est
senders-confidence = certitude
senders-docs = documentation
senders-via = envoie par
senders-recognised = Ce qui le fait reconnaître
senders-recognised-nothing = Rien : ses enregistrements ne sont publiés nulle part, et nous n’inventons rien. Votre compte chez ce service vous les montre ; `garant check --expect` les examine.
senders-recognised-via = Ses enregistrements sont ceux du service { $platform } : d’après le DNS, on ne les distingue pas.
senders-key-target = une clé DKIM qui est un alias de
senders-spf-target = SPF qui renvoie à
senders-exchange = un MX chez
senders-return-path-target = une adresse de retour chez
senders-verification = un texte qui commence par
senders-signature = Signature DKIM
senders-key-form = clés publiées
senders-selectors = sélecteurs
senders-selectors-all = sélecteurs (il n’en a pas d’autres)
senders-selectors-none = Il n’a pas de sélecteur connu ; le champ DKIM-Signature d’un message reçu le montre, après s=.
senders-account-selectors = propres au compte
senders-former = anciennes cibles, qui ne fonctionnent plus
senders-return-path = Adresse de retour
senders-return-path-form = mise en place
senders-labels = sous-domaines habituels
senders-own-domain = son propre domaine
senders-spf-include = à inclure dans le SPF
senders-records = Enregistrements demandés
senders-places = Entre accolades : ce que seul votre compte chez ce service connaît ; `domain` est votre domaine, `domain-dashes` le même avec des tirets à la place des points.
senders-uncertain = Cette partie est moins sûre que le reste : { $confidence }.
