### Enregistrements qu’une plateforme a demandés. Arguments partout : $domain, $name.

finding-record-doubled-name = L’enregistrement { $type } existe, mais sous { $found_at } : le domaine y figure deux fois
    .why = Votre hébergeur DNS ajoute lui-même le domaine à ce que vous saisissez. Les destinataires cherchent { $name } et n’y voient pas cet enregistrement.
    .fix = Supprimez l’enregistrement placé sous { $found_at } et créez-le à { $name } : dans le champ du nom, ne saisissez que la partie qui précède le domaine.

finding-record-wrong-name = L’enregistrement { $type } existe, mais sous { $found_at } et non sous { $name }
    .why = La valeur est reconnaissable, le nom n’est pas celui qui a été demandé : une partie a été oubliée, ou saisie en trop. Les destinataires ne lisent que { $name }.
    .fix = Supprimez l’enregistrement placé sous { $found_at } et créez-le sous { $name }.

finding-record-underscore-dropped = L’enregistrement existe, mais sous { $found_at } : il manque le tiret bas (_) du nom
    .why = Le tiret bas fait partie du nom. { $found_at } est un autre nom que { $name }, et personne ne le lit.
    .fix = Supprimez l’enregistrement placé sous { $found_at } et créez-le sous { $name }, tiret bas compris. Si votre hébergeur DNS refuse le tiret bas dans un alias (CNAME), demandez à la plateforme un enregistrement TXT.

finding-record-swapped = Le nom et la valeur ont été échangés : { $found_at } mène à { $name }
    .why = Ce qui devait être la valeur a été saisi comme nom, et inversement. L’enregistrement demandé n’est donc pas à { $name }.
    .fix = Supprimez l’enregistrement placé sous { $found_at } et créez-le dans le bon sens : le nom est { $name }.

finding-record-zone-appended = La cible de { $name } se termine par votre propre domaine : { $target }
    .why = Votre hébergeur DNS complète par votre domaine toute cible sans point final. { $target } est donc un nom de votre domaine, et non de la plateforme ; la cible demandée est { $meant }.
    .fix = Saisissez de nouveau la cible avec un point à la fin : `{ $meant }.`

finding-record-proxied = Un serveur intermédiaire (proxy) répond à la place de { $name } : adresse { $address }
    .why = L’alias (CNAME) est caché derrière un proxy fait pour les sites web. Les destinataires reçoivent une adresse là où ils cherchent une clé, ou le serveur d’une adresse de retour.
    .fix = Dans le panneau de votre hébergeur DNS, désactivez le proxy pour { $name } (chez Cloudflare, le nuage doit être gris : « DNS uniquement »).

finding-record-flattened = { $name } donne la bonne réponse, mais sans l’alias (CNAME) demandé
    .why = Votre hébergeur DNS recopie la cible au lieu de publier l’alias, ou quelqu’un a collé la valeur. Tout fonctionne aujourd’hui. Quand le service changera de clé ou de serveur, la copie peut rester en retard.
    .fix = Si votre hébergeur DNS le permet, publiez un enregistrement { $type } ordinaire. Sinon, ne changez rien : la plateforme peut seulement ne pas reconnaître l’alias.

finding-record-quoted = La valeur { $type } de { $name } contient des guillemets ou des barres obliques inverses
    .why = Ces signes encadrent le texte dans un fichier de zone. Saisis dans un formulaire, ils deviennent une partie de la valeur, et les destinataires ne la reconnaissent plus.
    .fix = Saisissez de nouveau la valeur sans guillemets ni barres obliques inverses, d’un seul tenant.

finding-record-truncated = La valeur { $type } de { $name } est coupée : { $count } caractères au lieu de { $expected }
    .why = Certains formulaires s’arrêtent à 255 caractères sans le dire. Une clé incomplète ne vérifie aucune signature, un code incomplet ne prouve rien.
    .fix = Saisissez de nouveau la valeur entière, ou découpez-la en plusieurs chaînes si votre hébergeur DNS le demande, puis relisez ce qui a été enregistré.

finding-record-case-changed = À { $name }, les majuscules et les minuscules de la valeur ont été changées
    .why = Dans une clé ou un code de vérification, « A » et « a » sont deux caractères différents. La valeur publiée en est donc une autre.
    .fix = Copiez la valeur telle que la plateforme la donne, et collez-la sans passer par un outil qui change la casse.

finding-record-several = { $count } valeurs { $type } se trouvent à { $name }, où il n’en faut qu’une
    .why = Chaque destinataire peut en prendre une autre, ou les refuser toutes : le résultat change d’un message à l’autre.
    .fix = Gardez à { $name } la seule valeur demandée et supprimez les autres.

finding-record-wrong-type = À { $name }, la valeur demandée a été saisie comme { $found_type } au lieu de { $type }
    .why = Le type dit comment la valeur est lue. Comme { $found_type }, elle ne mène nulle part.
    .fix = Supprimez l’enregistrement { $found_type } et créez un enregistrement { $type } de même valeur.

finding-record-return-path-taken = { $name } sert déjà à autre chose ({ $types }) et ne peut pas devenir l’adresse de retour
    .why = Un alias ne peut côtoyer aucun autre enregistrement, et les retours d’un service doivent arriver chez ce service seul (RFC 1034, section 3.6.2).
    .fix = { EMPTY($label) ->
        [yes] Choisissez dans votre compte un autre nom pour l’adresse de retour, puis publiez les enregistrements que la plateforme affiche alors.
       *[no] Choisissez dans votre compte un autre nom pour l’adresse de retour, par exemple { $label }, qui est libre, puis publiez les enregistrements que la plateforme affiche alors.
    } Si ce qui se trouve à { $name } ne sert plus, vous pouvez aussi le supprimer.

finding-record-several-exchanges = { $name } a { $count } serveurs de réception (MX), plus qu’il n’en a été demandé
    .why = À une adresse de retour, le service doit recevoir tous les retours. Avec un autre MX à côté, une partie arrive ailleurs, et certains services refusent alors le domaine.
    .fix = Ne gardez à { $name } que les MX demandés.

finding-record-alias-at-apex = Un alias ({ $type }) a été demandé pour { $name }, où aucun ne peut se trouver
    .why = Au sommet d’une zone se trouvent toujours les enregistrements SOA et NS, et un alias ne supporte rien à côté de lui (RFC 1034, section 3.6.2). Le publier rendrait MX et SPF illisibles.
    .fix = Demandez à la plateforme un nom sous { $name }, par exemple un sous-domaine d’envoi. Ne publiez pas cet alias.

finding-record-other-account = { $name } appartient au bon service, mais à un autre compte
    .why = Ce qui se trouve là est { $found } ; votre compte demande { $expected }. C’est souvent la valeur d’un ancien compte, d’un compte d’essai ou d’une autre équipe.
    .fix = Vérifiez dans quel compte vous envoyez. Si c’est bien celui qui demande { $expected }, publiez cette valeur à { $name }, et demandez d’abord si l’autre compte sert encore.

finding-record-former-target = { $name } suit d’anciennes instructions du service
    .why = Ce qui se trouve là, { $found }, est ce que le service demandait autrefois. Il demande aujourd’hui { $expected }.
    .fix = Remplacez la valeur par { $expected }.

finding-record-other-value = À { $name } se trouve autre chose ({ $type }) que ce qui a été demandé
    .why = Ce nom répond, mais la valeur n’est pas celle de la plateforme, ni une faute de frappe reconnaissable.
    .fix = Remplacez-la par la valeur demandée. Si ce qui s’y trouve sert à un autre service, voyez d’abord si les deux peuvent être réunis.

finding-record-by-wildcard = À { $name }, seul un enregistrement générique (*) répond
    .why = L’enregistrement générique { $type } répond pour tout nom qui n’existe pas, donc aussi pour celui-ci. L’enregistrement demandé n’a pas été publié.
    .fix = Publiez l’enregistrement demandé à { $name } : il passe avant le générique, qui peut rester.

finding-record-dangling-target = { $name } est correct, mais sa cible { $target } ne contient rien
    .why = Votre enregistrement mène là où la plateforme l’a demandé. C’est chez elle que rien ne se trouve. Le compte est peut-être fermé, le domaine en a peut-être été retiré, ou elle n’a pas encore publié sa part.
    .fix = Demandez à la plateforme de rétablir { $target }. Si vous avez quitté ce service, supprimez l’enregistrement : un tiers pourrait un jour reprendre la cible.

finding-record-absent = { $type } à { $name } : aucun enregistrement de ce genre n’a été trouvé
    .why = { $source ->
        [stated] La plateforme demande cet enregistrement.
        [account] D’après notre catalogue, le service utilise d’ordinaire ce nom ; la valeur dépend de votre compte, qui l’affiche.
       *[catalogue] D’après notre catalogue, le service demande cet enregistrement à tous ses clients.
    } { $looked ->
        [yes] Les noms et les formes qui résultent des fautes de saisie habituelles ont été cherchés aussi : rien ne s’y trouve.
       *[no] Les fautes de saisie habituelles n’ont pas pu être toutes cherchées.
    }
    .fix = { $source ->
        [account] Si votre compte affiche cet enregistrement, relevez-y sa valeur.{" "}
       *[other] {""}
    }{ EMPTY($host) ->
        [yes] Créez l’enregistrement chez l’hébergeur DNS qui sert votre zone.
       *[no] Créez l’enregistrement chez { $host }, qui sert votre zone : saisi ailleurs, personne ne le verrait.
    }

finding-record-waiting = { $name } est publié ({ $type }) ; les résolveurs le verront à { CLOCK($until) } UTC, le { DATE($until) }
    .why = Tous les serveurs de votre zone qui répondent ont l’enregistrement. Le résolveur interrogé avait posé la question plus tôt, et garde jusqu’à cette heure la réponse qu’il n’y a rien (RFC 2308, section 5). Un autre résolveur peut la garder un peu plus longtemps, trois heures au plus en pratique.
    .fix = Rien à corriger. Attendez cette heure, puis refaites la vérification. Ne ressaisissez pas l’enregistrement, et ne commencez pas vos envois avant. Si rien n’a changé après cette heure, le résolveur interrogé ne voit pas le DNS public : indiquez-en un autre (`--nameserver`).

finding-record-old-data-cached = La zone a changé à { $name } ({ $type }) ; les résolveurs gardent l’ancienne réponse jusqu’à { CLOCK($until) } UTC, le { DATE($until) }
    .why = Tous les serveurs de votre zone qui répondent donnent la nouvelle réponse. Le résolveur interrogé garde encore l’ancienne, pour le délai de mise en cache (TTL) qu’elle indiquait : { $old }
    .fix = Rien à corriger. Attendez cette heure, puis refaites la vérification. La prochaine fois, abaissez le TTL de l’enregistrement à 300 secondes la veille du changement. Si rien n’a changé après cette heure, le résolveur interrogé ne voit pas le DNS public : indiquez-en un autre (`--nameserver`).

finding-record-right = { $type } à { $name } est tel que demandé{ EMPTY($policy) ->
        [yes] {""}
       *[no] , à la politique près
    }
    .why = { EMPTY($policy) ->
        [yes] L’enregistrement correspond à ce que la plateforme demande, comparé par le sens et non à la lettre.
       *[no] La plateforme demande la politique `p={ $policy }`. La vôtre demande moins, et c’est vous qui en décidez ; tout le reste y est.
    }
    .fix = { EMPTY($policy) ->
        [yes] Rien à faire.
       *[no] Renforcez la politique quand les rapports montreront que tout votre courrier passe.
    }
