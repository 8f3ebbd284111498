### SPF (RFC 7208). Arguments partout : $domain, $name.
###
### « Erreur permanente » est permerror : aucun message n’obtient SPF, d’où qu’il parte.

finding-spf-missing = { $name } n’a pas d’enregistrement SPF
    .why = Rien n’indique aux serveurs destinataires quels serveurs peuvent écrire avec une adresse de retour (MAIL FROM) à { $name } : SPF n’apporte aucun appui à DMARC. Orange et, pour les envois en nombre, Gmail, Yahoo, Apple et Outlook.com demandent SPF et DKIM.
    .fix = Publiez à { $name } un enregistrement TXT qui commence par `v=spf1`, nomme chaque service qui écrit avec une adresse de retour à ce nom, et se termine par `~all` ou `-all`. Si ce domaine n’envoie rien : `v=spf1 -all`.

finding-spf-multiple = { $count } enregistrements SPF se trouvent à { $name }, où un seul est permis
    .why = Les serveurs destinataires n’en choisissent aucun et concluent à une erreur permanente (permerror ; RFC 7208, section 4.5) : SPF ne passe plus pour aucun de vos services. Seul DKIM peut encore appuyer vos messages.
    .fix = Réunissez tous leurs termes dans un seul enregistrement, et supprimez les autres.

finding-spf-syntax = L’enregistrement SPF de { $name } contient une faute à `{ $term }` : { $reason ->
        [bad-domain] ce n’est pas un nom de domaine complet
        [bad-ip4] ce n’est pas une adresse IPv4
        [bad-ip6] ce n’est pas une adresse IPv6
        [bad-prefix-length] la longueur de préfixe, après la barre oblique, n’existe pas
        [bad-macro] la macro (`%…`) n’existe pas
        [missing-argument] il lui manque une valeur
        [unexpected-argument] ce mécanisme ne prend pas de valeur
        [repeated-modifier] ce modificateur figure deux fois
        [not-ascii] il contient un caractère interdit
       *[other] il n’a pas la forme prévue
    }
    .why = Une seule faute annule tout l’enregistrement : les serveurs destinataires concluent à une erreur permanente (permerror ; RFC 7208, section 4.6), même pour un serveur correctement nommé avant la faute. Seul DKIM peut encore appuyer vos messages.
    .fix = Corrigez ce terme, au caractère { DIGITS($column) } de l’enregistrement. { $reason ->
        [bad-domain] Écrivez un nom complet, avec au moins un point, sans https:// ni adresse e-mail.
        [bad-ip4] Écrivez quatre nombres de 0 à 255 séparés par des points, puis éventuellement une barre oblique et un nombre de 0 à 32. Pour une adresse IPv6, le mécanisme est `ip6:`.
        [bad-ip6] Écrivez l’adresse IPv6 sans crochets, puis éventuellement une barre oblique et un nombre de 0 à 128. Pour une adresse IPv4, le mécanisme est `ip4:`.
        [bad-prefix-length] Pour IPv4, le nombre va de 0 à 32 ; pour IPv6, de 0 à 128 ; sans zéro devant.
        [bad-macro] Recopiez le terme tel que le service le donne ; un signe pour cent seul s’écrit `%%`.
        [missing-argument] Ajoutez le nom ou l’adresse après le deux-points ou le signe égal, sans espace.
        [unexpected-argument] Retirez ce qui suit le nom du mécanisme.
        [repeated-modifier] Gardez-en un seul.
        [not-ascii] Retapez-le au clavier, sans accent ni signe typographique ; un nom accentué s’écrit sous sa forme xn--.
       *[other] Recopiez-le tel que le service concerné le donne.
    }

finding-spf-unknown-mechanism = L’enregistrement SPF de { $name } contient un mécanisme qui n’existe pas : `{ $term }`
    .why = Un mécanisme inconnu annule tout l’enregistrement : les serveurs destinataires concluent à une erreur permanente (permerror), et SPF ne passe plus pour aucun de vos services.
    .fix = { EMPTY($suggestion) ->
        [yes] Retirez ce terme, ou recopiez-le tel que le service concerné le donne. Les seuls mécanismes sont all, include, a, mx, ptr, ip4, ip6 et exists.
       *[no] Écrivez `{ $suggestion }`, qui était sans doute voulu.
    }

finding-spf-missing-space = Dans l’enregistrement SPF de { $name }, deux termes se touchent : `{ $term }`
    .why = { $seam ->
        [yes] L’enregistrement est publié en plusieurs morceaux, que les serveurs destinataires recollent sans rien ajouter (RFC 7208, section 3.3) : deux termes n’en font plus qu’un.
       *[no] Sans espace entre eux, les deux termes n’en font plus qu’un.
    } Les serveurs voulus ne sont plus autorisés ; le plus souvent, SPF donne une erreur permanente (permerror) et ne passe plus pour aucun de vos services.
    .fix = { $seam ->
        [yes] Ajoutez un espace à la fin du premier morceau ou au début du second, pour obtenir `{ $fixed }`.
       *[no] Ajoutez l’espace, pour obtenir `{ $fixed }`.
    }

finding-spf-look-alike = L’enregistrement SPF de { $name } contient des signes typographiques ({ $found }) à la place de caractères simples
    .why = Un traitement de texte ou une page web a remplacé un tiret, un guillemet ou un espace par un signe qui lui ressemble. Les serveurs destinataires ne le reconnaissent pas : l’enregistrement est ignoré ou donne une erreur permanente (permerror).
    .fix = Remplacez l’enregistrement par la version en caractères simples. Collez-la depuis un éditeur de texte brut.

finding-spf-quoted = L’enregistrement SPF de { $name } est publié avec ses guillemets
    .why = Les guillemets font partie de la valeur, qui ne commence donc plus par `v=spf1` : pour les serveurs destinataires, il n’y a pas d’enregistrement SPF à { $name }.
    .fix = Saisissez la valeur sans guillemets ; votre hébergeur DNS les ajoute lui-même là où il en faut.

finding-spf-misspelt = Un texte publié à { $name } ressemble à un enregistrement SPF, mais n’en est pas un
    .why = Il s’y trouve : `{ $found }`. Un enregistrement SPF commence exactement par `v=spf1`, suivi d’un espace ou de rien (RFC 7208, section 4.5). Ce texte est ignoré : pour les serveurs destinataires, il n’y a pas d’enregistrement SPF à { $name }.
    .fix = Corrigez le début de l’enregistrement : `v=spf1`, sans rien devant.

finding-spf-wrong-place = L’enregistrement SPF se trouve à { $found_at }, où personne ne le cherche
    .why = Les serveurs destinataires lisent l’enregistrement SPF au nom même qui figure dans l’adresse de retour (MAIL FROM), ici { $name }. Il n’y en a pas à ce nom : SPF ne donne aucun résultat.
    .fix = Publiez l’enregistrement à { $name }, en saisissant `@` ou un champ vide comme nom d’hôte s’il s’agit de la racine de la zone. Supprimez l’autre si aucun `include:` ne s’en sert.

finding-spf-too-many-lookups = L’enregistrement SPF de { $name } demande { $count } recherches DNS, alors que les destinataires s’arrêtent à { $limit }
    .why = Au-delà de { $limit }, le résultat est une erreur permanente (permerror ; RFC 7208, section 4.6.4). Les serveurs nommés au début passent encore ; ceux des termes suivants ne passent plus, et seul DKIM peut encore appuyer leurs messages.
    .fix = Retirez les `include:` des services que vous n’utilisez plus et de ceux qui ont leur propre adresse de retour. Remplacez `a` et `mx` par les adresses qu’ils donnent, si elles sont stables. S’il en reste trop, donnez à un service son propre sous-domaine d’envoi.

finding-spf-near-lookup-limit = L’enregistrement SPF de { $name } utilise { $count } des { $limit } recherches DNS permises
    .why = Tout fonctionne aujourd’hui. Mais le compte comprend les recherches de vos fournisseurs : une ou deux de plus chez l’un d’eux, ou un service de plus chez vous, et SPF donne une erreur permanente (permerror).
    .fix = Retirez dès maintenant les `include:` devenus inutiles et les termes en double, avant d’ajouter un service.

finding-spf-too-many-voids = Dans l’enregistrement SPF de { $name }, { $count } recherches DNS ne trouvent rien, alors que { $limit } seulement sont tolérées
    .why = Passé { $limit } recherches vides, la norme conseille aux destinataires de conclure à une erreur permanente (permerror ; RFC 7208, section 4.6.4), et beaucoup le font : la suite n’est alors plus lue. Termes en cause : `{ $terms }`.
    .fix = Corrigez ou retirez ces termes. Avant d’en retirer un, assurez-vous auprès du service concerné qu’il a vraiment changé de nom ou cessé d’émettre.

finding-spf-void = Le terme `{ $term }` de l’enregistrement SPF de { $name } cherche { $target }, où il n’y a rien
    .why = Ce terme n’autorise aucun serveur. Deux recherches vides sont tolérées ; à la troisième, beaucoup de destinataires concluent à une erreur permanente (permerror ; RFC 7208, section 4.6.4).
    .fix = Corrigez le nom s’il est mal orthographié ; sinon, retirez le terme après avoir vérifié que plus aucun service n’en dépend. S’il s’agit de l’enregistrement d’un fournisseur, signalez-le-lui.

finding-spf-too-many-exchanges = Le terme `{ $term }` de l’enregistrement SPF mène à { $count } serveurs de réception (MX), alors que { $limit } sont permis
    .why = Quand un terme `mx` conduit à plus de { $limit } serveurs, le résultat est une erreur permanente (permerror ; RFC 7208, section 4.6.4) : ce terme et tous les suivants ne servent plus à rien.
    .fix = Retirez ce terme si ces serveurs ne font que recevoir, ce qui est le cas courant. Sinon, nommez par `ip4:` et `ip6:` ceux qui émettent.

finding-spf-include-without-record = L’enregistrement SPF de { $via } inclut { $target }, qui n’a pas d’enregistrement SPF
    .why = Inclure un domaine sans SPF donne une erreur permanente (permerror ; RFC 7208, section 5.2). Les serveurs nommés avant ce terme passent encore ; les autres ne passent plus.
    .fix = Vérifiez l’orthographe de { $target } dans la documentation du service. S’il n’existe plus ou ne vous sert plus, retirez ce terme. Si le terme est dans l’enregistrement d’un fournisseur, signalez-le-lui.

finding-spf-include-broken = L’enregistrement SPF de { $via } inclut { $target }, dont l’enregistrement est fautif
    .why = Une erreur dans un enregistrement inclus devient une erreur permanente (permerror) du vôtre (RFC 7208, section 5.2). Les serveurs nommés avant ce terme passent encore ; les autres ne passent plus. La nature de la faute : `garant explain { $reason }`.
    .fix = Signalez la faute à qui tient { $target }. En attendant, déplacez ce terme à la fin de la liste, juste avant `all`, pour que vos autres services continuent de passer.

finding-spf-include-loop = Les enregistrements SPF s’incluent en rond : { $via } ramène à { $target }
    .why = La lecture tournerait sans fin : les serveurs destinataires l’interrompent par une erreur permanente (permerror). Tout serveur qui n’est pas nommé avant la boucle ne passe plus.
    .fix = Retirez de { $via } le terme qui ramène à { $target }. Un domaine n’a pas à s’inclure lui-même.

finding-spf-include-registrable = L’enregistrement SPF inclut { $target }, dont le domaine { $registrable } n’existe pas et pourrait être enregistré par n’importe qui
    .why = Qui enregistrera { $registrable } pourra y publier ses propres serveurs et envoyer, avec un SPF valide, des messages dont l’adresse de retour est chez vous. En attendant, ce terme donne une erreur permanente (permerror).
    .fix = Retirez ce terme sans attendre. S’il s’agit d’une faute de frappe, remplacez-le par le nom exact que donne le service.

finding-spf-redirect-without-record = L’enregistrement SPF de { $name } renvoie à { $target }, qui n’a pas d’enregistrement SPF
    .why = Avec `redirect=`, c’est l’enregistrement de l’autre domaine qui décide. Comme il n’y en a pas, le résultat est une erreur permanente (permerror ; RFC 7208, section 6.1) pour tout serveur qui n’est pas nommé avant.
    .fix = Corrigez le nom { $target }, ou remplacez `redirect=` par la liste de vos services terminée par `~all` ou `-all`.

finding-spf-plus-all = L’enregistrement SPF de { $name } autorise tout Internet (`{ $term }`)
    .why = N’importe quel serveur obtient SPF avec une adresse de retour à { $domain } : SPF ne protège plus de rien, et un message qui usurpe cette adresse passe même DMARC.
    .fix = Nommez tous vos services d’envoi, retirez `{ $term }` et terminez par `~all` ou `-all`. S’il s’agit de l’enregistrement d’un fournisseur, retirez plutôt le terme qui y mène, et signalez-le-lui.

finding-spf-neutral-all = L’enregistrement SPF de { $name } ne se prononce pas sur les autres serveurs (`{ $term }`)
    .why = Vos propres serveurs passent. Pour tout autre serveur, le résultat est « neutre », comme s’il n’y avait pas de SPF : l’enregistrement ne signale pas l’usurpation.
    .fix = Une fois tous vos services nommés, remplacez `{ $term }` par `~all` ou `-all`.

finding-spf-no-all = L’enregistrement SPF de { $name } ne dit rien des serveurs qu’il ne nomme pas
    .why = Sans `all` ni `redirect=`, le résultat pour tout autre serveur est « neutre » (RFC 7208, section 4.7), comme avec `?all` : l’enregistrement ne signale pas l’usurpation.
    .fix = Ajoutez `~all` ou `-all` à la fin, une fois tous vos services nommés.

finding-spf-terms-after-all = Dans l’enregistrement SPF de { $name }, des termes placés après `all` ne sont jamais lus : `{ $terms }`
    .why = La lecture s’arrête à `all` (RFC 7208, section 5.1). Un service nommé ensuite n’est pas autorisé, et ses messages n’obtiennent pas SPF.
    .fix = Placez ces termes avant `all`, qui doit venir en dernier. Retirez ceux qui ne servent plus.

finding-spf-redirect-ignored = Dans l’enregistrement SPF de { $name }, `{ $term }` est sans effet à cause de `all`
    .why = Un `redirect=` n’est suivi que si l’enregistrement n’a pas de `all` (RFC 7208, section 5.1). Les serveurs qu’il devait autoriser ne le sont pas.
    .fix = Choisissez : retirez `all` pour que l’autre domaine décide, ou remplacez `redirect=` par un `include:` placé avant `all`.

finding-spf-duplicate-term = Le terme `{ $term }` figure plus d’une fois dans l’enregistrement SPF de { $name }
    .why = La répétition n’autorise rien de plus, mais les recherches DNS qu’elle peut coûter comptent à chaque fois dans la limite de dix.
    .fix = Gardez le premier, retirez la répétition.

finding-spf-modifier-looks-like-mechanism = Dans l’enregistrement SPF de { $name }, `{ $term }` est ignoré : un signe égal tient la place du deux-points
    .why = Avec un signe égal, les serveurs destinataires y voient un modificateur inconnu, qu’ils sautent sans erreur (RFC 7208, section 6). Les serveurs qu’il devait autoriser ne le sont pas, et rien ne le signale.
    .fix = Écrivez `{ $fixed }`, avec un deux-points.

finding-spf-ptr = L’enregistrement SPF de { $name } se sert de `{ $term }`, un mécanisme déconseillé
    .why = Il oblige chaque destinataire à des recherches inverses lentes et peu fiables : une panne du DNS inverse, et vos serveurs ne passent plus. Il ne devrait plus être publié (RFC 7208, section 5.5).
    .fix = Remplacez-le par les adresses des serveurs concernés (`ip4:`, `ip6:`), ou retirez-le si vos autres termes les nomment déjà.

finding-spf-mx-of-null-mx = Le terme `{ $term }` de l’enregistrement SPF n’autorise aucun serveur : ce domaine ne reçoit pas de courrier (null MX)
    .why = Ce terme autorise les serveurs de réception d’un domaine. Celui-ci déclare n’en avoir aucun (RFC 7505) : le terme coûte une recherche DNS pour rien.
    .fix = Retirez ce terme. Si un serveur devait être autorisé, nommez-le par `ip4:`, `ip6:` ou `include:`.

finding-spf-wide-range = Le terme `{ $term }` de l’enregistrement SPF autorise plus de 65 536 adresses d’un coup
    .why = Une plage en /{ DIGITS($prefix) } dépasse ce que possède la plupart des entreprises : d’autres que vous y ont sans doute des serveurs, et ceux-là peuvent écrire avec votre adresse de retour.
    .fix = Réduisez la plage aux adresses qui émettent vraiment pour vous. Un préfixe trop court est souvent une faute de frappe, /8 pour /28 par exemple.

finding-spf-private-address = Le terme `{ $term }` de l’enregistrement SPF autorise une adresse privée ou réservée
    .why = Aucun message n’arrive d’une telle adresse par Internet. Le terme est sans effet, et l’adresse publique de ce serveur n’est peut-être pas autorisée.
    .fix = Remplacez-la par l’adresse publique sous laquelle ce serveur émet, ou retirez le terme.

finding-spf-host-bits = Le terme `{ $term }` de l’enregistrement SPF autorise toute la plage { $range }
    .why = L’adresse écrite désigne une seule machine, mais le nombre après la barre oblique étend l’autorisation à toute sa plage. C’est permis ; c’est peut-être plus large que voulu.
    .fix = Si une seule adresse émet, retirez la barre oblique et le nombre. Si c’est toute la plage, écrivez { $range }.

finding-spf-long = Les textes publiés à { $name } font { $octets } octets, pour { $limit } conseillés
    .why = Au-delà, la réponse DNS peut ne plus tenir dans un datagramme (RFC 7208, section 3.4). Les serveurs destinataires doivent alors la redemander en TCP ; les rares qui n’y parviennent pas ne peuvent pas lire l’enregistrement SPF.
    .fix = Supprimez à { $name } les textes qui ne servent plus, comme d’anciennes vérifications de domaine, et les termes SPF inutiles.

finding-spf-nobody = { $domain } reçoit du courrier, mais son enregistrement SPF n’autorise personne à en envoyer
    .why = `v=spf1 -all` convient à un domaine qui n’envoie rien. Si quelqu’un répond depuis une adresse de { $domain }, SPF échoue pour chacun de ses messages, et certains serveurs destinataires refusent aussitôt.
    .fix = Si ce domaine envoie des messages, nommez vos services avant `-all`. S’il ne fait vraiment que recevoir, rien à changer.

finding-spf-valid = L’enregistrement SPF de { $name } est valide et utilise { $lookups } des { $limit } recherches DNS permises
    .why = { $all ->
        [none] Les serveurs qu’il nomme obtiennent SPF.
       *[other] Les serveurs qu’il nomme obtiennent SPF ; `{ $all }all` dit aux destinataires que penser de tous les autres.
    } Pour que SPF appuie DMARC, l’adresse de retour doit en outre être alignée avec l’adresse d’expédition affichée, c’est-à-dire relever de la même organisation.
    .fix = Rien à changer.
