### Le DNS en général. Arguments partout : $domain, $name.

finding-dns-record-beside-alias = À { $name }, un enregistrement { $type } côtoie un alias (CNAME)
    .why = Un nom qui est un alias ne peut rien porter d’autre (RFC 1034, section 3.6.2). Selon leur résolveur, certains destinataires lisent l’enregistrement { $type } placé ici, d’autres suivent l’alias vers { $target } : le résultat change de l’un à l’autre.
    .fix = Gardez l’un des deux. Soit vous supprimez l’alias vers { $target }, soit vous supprimez ici l’enregistrement { $type } et le faites publier à { $target }.

finding-dns-alias-at-domain = { $domain } est lui-même un alias (CNAME) de { $target }
    .why = Toute question sur { $domain } reçoit la réponse de { $target } : MX et SPF compris. Aucun enregistrement propre ne peut se trouver à ce nom, et au sommet d’une zone un tel alias n’est pas permis.
    .fix = Si un service d’envoi vous a demandé cet alias pour son adresse de retour, laissez-le. S’il s’agit de votre domaine principal, remplacez-le par des enregistrements A et AAAA, ou par le type ALIAS si votre hébergeur DNS le propose, puis publiez MX et SPF à { $domain }.

finding-dns-no-tcp = La réponse { $type } de { $name } ne tient pas dans un datagramme, et n’arrive pas en TCP
    .why = Une réponse DNS trop longue pour un datagramme (UDP) doit être redemandée en TCP (RFC 7766). Ici, TCP n’aboutit pas. Si vos serveurs en sont la cause, une partie des destinataires ne peut pas lire cet enregistrement ; ce peut être aussi un pare-feu placé devant le résolveur interrogé, et vos destinataires ne voient alors rien d’anormal.
    .fix = Refaites l’essai depuis un autre réseau. Si TCP échoue là aussi, demandez à votre hébergeur DNS d’ouvrir le port 53 en TCP ; en attendant, retirez de { $name } les enregistrements { $type } qui ne servent plus.

finding-dns-no-answer = Pas de réponse claire à la question { $type } sur { $name } : cette partie du résultat est inconnue
    .why = { $reason ->
        [servfail] Le serveur interrogé n’a pas pu donner la réponse (SERVFAIL).
        [timeout] Aucune réponse n’est arrivée à temps.
        [refused] Le serveur interrogé a refusé la question (REFUSED).
        [unreachable] Aucun des serveurs n’a pu être joint.
        [malformed] La réponse reçue était illisible.
       *[other] La réponse reçue ne permet pas de conclure.
    } Cela ne veut pas dire que l’enregistrement n’existe pas, et la cause peut être le résolveur interrogé plutôt que votre domaine.
    .fix = Refaites la vérification dans quelques minutes. Si le résultat ne change pas, interrogez un autre serveur (`--nameserver`), puis signalez à votre hébergeur DNS la question { $type } sur { $name }.
