### Le DNS en général. Arguments partout : $domain, $name.

finding-dns-record-beside-alias = À { $name }, un enregistrement { $type } côtoie un alias (CNAME)
    .why = Un nom qui est un alias ne peut rien porter d’autre (RFC 1034, section 3.6.2). Selon leur résolveur, certains destinataires lisent l’enregistrement { $type } placé ici, d’autres suivent l’alias vers { $target } : le résultat change de l’un à l’autre.
    .fix = Gardez l’un des deux. Soit vous supprimez l’alias vers { $target }, soit vous supprimez ici l’enregistrement { $type } et le faites publier à { $target }.

finding-dns-alias-at-domain = { $domain } est lui-même un alias (CNAME) de { $target }
    .why = Toute question sur { $domain } reçoit la réponse de { $target }, MX et SPF compris. Aucun enregistrement propre ne peut se trouver à ce nom, et au sommet d’une zone un tel alias n’est pas permis.
    .fix = Si un service d’envoi vous a demandé cet alias pour son adresse de retour, laissez-le. S’il s’agit de votre domaine principal, remplacez-le par des enregistrements A et AAAA, ou par le type ALIAS si votre hébergeur DNS le propose, puis publiez MX et SPF à { $domain }.

finding-dns-no-tcp = La réponse { $type } de { $name } ne tient pas dans un datagramme, et n’arrive pas en TCP
    .why = Une réponse DNS trop longue pour un datagramme (UDP) doit être redemandée en TCP (RFC 7766). Ici, TCP n’aboutit pas. Si vos serveurs en sont la cause, une partie des destinataires ne peut pas lire cet enregistrement ; ce peut être aussi un pare-feu placé devant le résolveur interrogé, et vos destinataires ne voient alors rien d’anormal.
    .fix = Refaites l’essai depuis un autre réseau. Si TCP échoue là aussi, demandez à votre hébergeur DNS d’ouvrir le port 53 en TCP ; en attendant, retirez de { $name } les enregistrements { $type } qui ne servent plus.

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

finding-dns-delegation-differs = Pour { $name }, la zone parente et la zone elle-même ne désignent pas les mêmes serveurs
    .why = Les résolveurs partent des serveurs que désigne la zone parente (pour un nom acheté, ceux saisis chez votre bureau d’enregistrement), puis adoptent souvent ceux que la zone désigne elle-même (ses enregistrements NS). { EMPTY($parent) ->
        [yes] La zone parente ne désigne que des serveurs de cette liste.
       *[no] La zone parente est seule à désigner { $parent }.
    } { EMPTY($zone) ->
        [yes] La zone elle-même n’en désigne pas d’autres.
       *[no] La zone elle-même est seule à désigner { $zone }.
    } Si leurs enregistrements diffèrent, le résultat change d’un destinataire à l’autre.
    .fix = Demandez à votre hébergeur DNS la liste exacte de ses serveurs. Saisissez-la chez votre bureau d’enregistrement, et publiez les mêmes noms en enregistrements NS à { $name }.

finding-dns-lame-server = { $reason ->
        [refused] Le serveur { $server } est désigné pour { $name }, mais refuse d’y répondre
        [servfail] Le serveur { $server } est désigné pour { $name }, mais répond par une erreur
        [not-authoritative] Le serveur { $server } est désigné pour { $name }, mais ne sert pas cette zone
        [no-address] Le serveur { $server } est désigné pour { $name }, mais n’a pas d’adresse publique
        [silent] Le serveur { $server }, désigné pour { $name }, n’a pas répondu
       *[malformed] Le serveur { $server } est désigné pour { $name }, mais sa réponse est inutilisable
    }
    .why = { $reason ->
        [silent] Les autres serveurs de la zone répondent, et les résolveurs se tournent vers eux après une attente. La question n’a été posée qu’une fois, et d’ici seulement : la cause peut être passagère.
        [malformed] Les autres serveurs de la zone répondent, et les résolveurs se tournent vers eux. La question n’a été posée que d’ici : un équipement sur le chemin peut aussi en être la cause.
       *[other] Un résolveur qui s’adresse à lui perd du temps, puis essaie un autre serveur ; s’il n’insiste pas, il ne trouve pas vos enregistrements. Les contrôles réussissent alors une fois et échouent la suivante.
    }
    .fix = { $reason ->
        [silent] Refaites la vérification plus tard. Si { $server } se tait encore, signalez-le à votre hébergeur DNS.
        [malformed] Refaites la vérification depuis un autre réseau. Si rien ne change, signalez { $server } à votre hébergeur DNS.
        [no-address] Demandez à votre hébergeur DNS le nom exact de ses serveurs, et corrigez { $server } chez votre bureau d’enregistrement et dans les enregistrements NS de la zone.
       *[other] Demandez à votre hébergeur DNS si { $server } doit servir { $name }. Si oui, il doit y remettre la zone ; sinon, retirez ce serveur chez votre bureau d’enregistrement et des enregistrements NS de la zone.
    }

finding-dns-all-servers-lame = Aucun des serveurs désignés pour { $name } ne sert cette zone : le domaine est injoignable
    .why = Serveurs désignés : { $servers }. { $reason ->
        [refused] Ils refusent les questions sur cette zone.
        [servfail] Ils répondent par une erreur.
        [not-authoritative] Ils répondent qu’ils ne servent pas cette zone.
        [no-address] Leurs noms n’ont pas d’adresse publique.
        [silent] Ils ne répondent pas, alors que ceux de la zone parente répondent.
       *[malformed] Leurs réponses sont inutilisables.
    } Personne ne peut lire vos enregistrements : ce qui est envoyé en votre nom ne peut pas être authentifié, et le courrier qui vous est adressé n’arrive pas.
    .fix = Aucun changement dans la zone n’y peut rien. Demandez aujourd’hui à votre hébergeur DNS pourquoi ses serveurs ne servent plus { $name } (zone supprimée, contrat échu, panne). Si vous avez changé d’hébergeur, saisissez les serveurs du nouveau chez votre bureau d’enregistrement.

finding-dns-stale-server = Le serveur { $server } sert encore une ancienne version de la zone { $name }
    .why = Il en est à la version { DIGITS($serial) }, alors qu’un autre sert déjà la version { DIGITS($newest) } (numéro de série de l’enregistrement SOA). { EMPTY($record) ->
        [yes] Les noms vérifiés y sont les mêmes : un retard de quelques minutes est normal.
       *[no] Il répond autrement pour { $record } : selon le serveur interrogé, un destinataire lit l’ancienne réponse ou la nouvelle.
    }
    .fix = { EMPTY($record) ->
        [yes] Rien pour l’instant. Si l’écart dure plus d’une heure, signalez-le à votre hébergeur DNS.
       *[no] Ne ressaisissez rien : votre enregistrement est à sa place. Demandez à votre hébergeur DNS pourquoi { $server } ne reçoit plus la zone (transfert), en lui donnant les deux numéros de série ; il doit le remettre à jour ou le retirer.
    }

finding-dns-servers-disagree = Les serveurs de la zone ne donnent pas la même réponse { $type } pour { $name }
    .why = { $servers } : autre réponse que les autres serveurs de la zone, sans que l’un soit en retard sur l’autre. Selon le serveur interrogé, un destinataire lit l’une ou l’autre, et les contrôles tantôt réussissent, tantôt échouent.
    .fix = Si deux hébergeurs DNS servent votre zone, saisissez chez les deux les mêmes enregistrements à { $name }, ou n’en gardez qu’un. Sinon, montrez les deux réponses à votre hébergeur DNS : la panne est chez lui.

finding-dns-servers-ipv6-only = Les serveurs de { $name } n’ont que des adresses IPv6
    .why = Serveurs : { $servers }. Les résolveurs qui n’ont pas d’accès IPv6 ne peuvent lire aucun de vos enregistrements : le courrier passe chez certains destinataires et pas chez d’autres.
    .fix = Demandez à votre hébergeur DNS au moins deux serveurs qui ont aussi une adresse IPv4, et désignez-les chez votre bureau d’enregistrement.

finding-dns-record-at-other-servers = L’enregistrement { $type } de { $name } se trouve sur des serveurs que personne n’interroge
    .why = Il se trouve sur { $found_at }, mais votre zone est servie par { $host } : les résolveurs ne le voient pas. Cela arrive quand on saisit un enregistrement chez l’ancien hébergeur DNS, ou chez le bureau d’enregistrement alors que la zone est ailleurs.
    .fix = Saisissez le même enregistrement chez celui qui sert la zone ({ $host }). Si vous vouliez quitter cet hébergeur, désignez plutôt les nouveaux serveurs chez votre bureau d’enregistrement, une fois que tous vos enregistrements s’y trouvent.
