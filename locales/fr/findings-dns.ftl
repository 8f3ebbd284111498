### Le DNS en général. Arguments partout : $domain, $name.

finding-dns-record-beside-alias = À { $name }, un enregistrement { $type } côtoie un alias (CNAME)
    .why = Un nom qui est un alias ne peut rien porter d’autre (RFC 1034, section 3.6.2). Selon leur serveur DNS, les uns lisent l’enregistrement { $type } placé ici, les autres suivent l’alias vers { $target } : le résultat change d’un destinataire à l’autre.
    .fix = Gardez l’un des deux. Soit vous supprimez l’alias vers { $target }, soit vous supprimez ici l’enregistrement { $type } et le faites publier à { $target }.

finding-dns-alias-at-domain = { $domain } est lui-même un alias (CNAME) de { $target }
    .why = Toute question sur { $domain } reçoit la réponse de { $target } : MX et SPF compris. Aucun enregistrement propre ne peut se trouver à ce nom, et au sommet d’une zone un tel alias n’est pas permis.
    .fix = Si un service d’envoi vous a demandé cet alias pour son adresse de retour, laissez-le. S’il s’agit de votre domaine principal, remplacez-le par des enregistrements A et AAAA, ou par le type ALIAS si votre hébergeur DNS le propose, puis publiez MX et SPF à { $domain }.

finding-dns-no-tcp = La réponse { $type } de { $name } est trop longue pour un datagramme, et vos serveurs ne répondent pas en TCP
    .why = Une réponse DNS qui ne tient pas dans un datagramme (UDP) doit être redemandée en TCP (RFC 7766). Comme TCP n’aboutit pas, une partie des serveurs destinataires ne peut pas lire cet enregistrement.
    .fix = Demandez à votre hébergeur DNS d’ouvrir le port 53 en TCP. En attendant, raccourcissez la réponse : retirez de { $name } les enregistrements { $type } qui ne servent plus.

finding-dns-no-answer = Pas de réponse claire à la question { $type } sur { $name } : cette partie du résultat est inconnue
    .why = { $reason ->
        [servfail] Le serveur interrogé a signalé une erreur de son côté (SERVFAIL).
        [timeout] Aucune réponse n’est arrivée à temps.
        [refused] Le serveur interrogé a refusé la question (REFUSED).
        [unreachable] Aucun des serveurs n’a pu être joint.
        [malformed] La réponse reçue était illisible.
       *[other] La réponse reçue ne permet pas de conclure.
    } Cela ne veut pas dire que l’enregistrement n’existe pas, et peut tenir à notre résolveur plutôt qu’à votre domaine.
    .fix = Refaites la vérification dans quelques minutes. Si le résultat ne change pas, interrogez un autre serveur (`--nameserver`), puis signalez à votre hébergeur DNS la question { $type } sur { $name }.
