### Les plans : ce qu’il faut publier, qui doit faire quoi, et ce que la vérification dira ensuite.
### $domain : le domaine ; $sender : le nom du service ; $name, $type : où se trouve un enregistrement, et son type.

## Titres et mots d’un plan.

plan-title = Plan pour { $domain }
plan-title-sender = Plan pour le courrier que le service { $sender } envoie au nom de { $domain }
plan-nothing = Rien à changer pour { $domain }.
plan-count = { $count ->
    [one] Un enregistrement DNS à modifier. { $rest ->
        [none] Il suffit.
       *[some] Il ne corrige pas tout : voyez ce que dit ensuite la vérification.
    }
   *[other] { $count } enregistrements DNS à modifier{ $optional ->
        [0] {" "}; aucun n’est de trop
       *[other] {""}
    }. { $rest ->
        [none] Ils suffisent.
       *[some] Ils ne corrigent pas tout : voyez ce que dit ensuite la vérification.
    }
}{ $optional ->
    [0] {""}
   *[other] {" "}Ce qui est marqué facultatif peut être laissé tel quel : le courrier passe DMARC sans cela aussi.
}
plan-no-changes = Aucun enregistrement que vous puissiez publier ne corrige cela. Voici qui doit faire quoi.
plan-proof = Ces changements ont été ajoutés à ce que le DNS répond aujourd’hui, et l’ensemble a été vérifié à nouveau. C’est une prévision : elle suppose que le reste du DNS ne change pas d’ici là.
plan-heading-changes = À publier chez votre hébergeur DNS
plan-heading-before = Avant
plan-heading-after = Après
plan-heading-affects = Services dont le courrier dépend aussi de ces enregistrements
plan-heading-notes = À faire ou à savoir
plan-heading-alternatives = Autres solutions, de la meilleure à la dernière

plan-action-add = Ajouter
plan-action-change = Remplacer
plan-action-delete = Supprimer
plan-optional = Facultatif : le courrier passe DMARC sans ce changement aussi. Tant qu’il n’est pas fait, l’enregistrement SPF donne une erreur, et le courrier n’a que sa signature pour appui.
plan-label-name = Nom
plan-label-type = Type
plan-label-value = Valeur
plan-label-was = Valeur actuelle (à noter)
plan-label-ttl = Délai de mise en cache (TTL)
plan-state = { $blocks ->
    [0] Rien ne bloque le courrier
    [one] Un point bloque le courrier
   *[other] { $blocks } points bloquent le courrier
} ; { $risks ->
    [0] rien ne le menace.
    [one] un point le menace.
   *[other] { $risks } points le menacent.
}

plan-who-owner = Vous
plan-who-registrar = Votre bureau d’enregistrement
plan-who-dns-host = Votre hébergeur DNS
plan-who-service = Le service d’envoi
plan-who-other = Une autre organisation

## Les autres services. $before, $after : pass, fail, none ou unknown ; $policy : la politique après les changements.

plan-affects-better = { $sender } : en meilleure situation.
plan-affects-worse = { $sender } : en moins bonne situation.
plan-affects-same = { $sender } : rien ne change pour son courrier.
plan-affects-unprotected = { $sender } : son courrier arrive comme avant, mais plus rien ne demande d’écarter celui qui imite le vôtre.

## Notes sur les changements.

plan-note-lower-ttl = L’enregistrement { $type } de { $name } peut rester { $seconds } secondes dans les caches. Pour que le changement soit vu vite, et puisse être annulé vite, abaissez d’abord son délai de mise en cache (TTL) à 3 600 secondes, puis attendez { $seconds } secondes avant de le modifier.
plan-note-may-be-deleted = L’enregistrement { $type } de { $name } ne sert plus à rien : il peut être supprimé, sans urgence.
plan-note-from-catalogue = Ces valeurs viennent de notre catalogue. Comparez-les avec celles que le service { $sender } affiche dans ses réglages ; en cas de différence, ce sont les siennes qui valent.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Sa page d’aide : { $page }
}
plan-note-spf-incomplete = L’enregistrement SPF proposé pour { $name } ne nomme que ce qui a été reconnu. Ajoutez-y chaque autre serveur ou service qui écrit avec une adresse de retour à ce nom : imprimantes, logiciels, site web.
plan-note-include-dropped = `{ $include }` quitte l’enregistrement SPF : le service { $sender } utilise sa propre adresse de retour, et son courrier n’y gagnait rien. Si votre compte y est réglé autrement, gardez ce terme et confiez plutôt un autre envoi à un sous-domaine.
plan-note-dead-terms-dropped = Ce changement retire des expéditeurs de l’enregistrement SPF : `{ $terms }`. { $asked ->
    [servers] Les serveurs des zones concernées disent que plus rien ne s’y trouve.
    [zone] Le fichier de zone dit que plus rien ne s’y trouve.
   *[resolver] Le résolveur interrogé dit que plus rien ne s’y trouve ; les serveurs des zones concernées n’ont pas été interrogés.
} Avant de le publier, assurez-vous que vous n’utilisez plus ce que ces termes désignaient. Si vous utilisez encore un tel service, demandez-lui plutôt sa valeur actuelle.
plan-note-no-report-address = Ajoutez une adresse de rapports à { $name } (`rua=mailto:…`) : sans elle, personne ne vous dira qui écrit en votre nom. Donnez-la avec `--rua`, et le plan en tiendra compte.
plan-note-third-report-address = L’enregistrement nomme { $count } adresses de rapports. Les destinataires ne sont tenus d’en servir que deux : les suivantes peuvent ne rien recevoir. À vous de choisir l’ordre.
plan-note-reports-authorisation = { $destination } n’a pas encore déclaré vouloir vos rapports : qui gère ce domaine doit publier `v=DMARC1` à { $record }. Avant cela, rien n’y arrive.
plan-note-temporary = C’est provisoire : rétablissez la politique `{ $policy }` au plus tard le { DATE($date) }, et notez-le dès maintenant à votre agenda. L’ancienne valeur, à remettre telle quelle, est indiquée avec le changement.
plan-note-unprotected = D’ici là, la politique `{ $policy }` ne protège plus { $domain } : les imitations ne sont plus écartées, quel que soit celui de vos services qu’elles imitent.
plan-note-policy-acts = Dès lors, la politique de { $domain } demande davantage aux destinataires qu’aujourd’hui (`{ $policy }`). Les services nommés ici ont été vérifiés ; le DNS ne montre pas les autres. Si vous n’êtes pas sûr que tous passent, publiez `p=none` à la place et lisez d’abord les rapports.
plan-note-policy-wished = La plateforme demande la politique `p={ $policy }` à { $name } ; la vôtre demande moins et reste telle quelle. Renforcez-la quand les rapports montreront que tout votre courrier passe.
plan-note-new-from = Dans les réglages du service { $sender }, choisissez une adresse d’expédition à { $subdomain }, et faites-y authentifier ce nom.
plan-note-if-sends-nothing = Seulement si { $domain } n’envoie aucun message. On ne peut pas le savoir par le DNS.

## Notes sur ce qu’aucun enregistrement du domaine ne corrige.

plan-note-register = { $domain } n’existe pas. Vérifiez l’orthographe ; si elle est juste, enregistrez ce domaine ou renouvelez-le, puis vérifiez qu’il n’est pas suspendu.
plan-note-own-domain = Personne d’autre que le fournisseur ne peut publier d’enregistrements à { $domain }. Envoyez depuis un domaine à vous.
plan-note-dnssec = Faites correspondre l’annonce DNSSEC (enregistrement DS) de { $domain } à ce que signe l’hébergeur DNS. Si la zone n’est plus signée, faites retirer le DS ; si elle l’est, donnez au bureau d’enregistrement le DS que l’hébergeur affiche. Tant que ce n’est pas fait, aucun autre changement n’est vu partout.
plan-note-lame-servers = Ces serveurs sont désignés pour la zone et ne la servent pas : { $servers }. Leur exploitant doit y installer la zone, ou bien le bureau d’enregistrement les retirer de la liste.
plan-note-delegation = Donnez la même liste de serveurs au bureau d’enregistrement et à la zone.{ EMPTY($parent) ->
    [yes] {""}
   *[no] {" "}Seul le bureau d’enregistrement nomme { $parent }.
}{ EMPTY($zone) ->
    [yes] {""}
   *[no] {" "}Seule la zone nomme { $zone }.
}
plan-note-stale-server = { $server } sert encore une ancienne version de la zone. Son exploitant doit rétablir le transfert depuis le serveur principal.
plan-note-servers-disagree = Ces serveurs répondent autrement que les autres, avec la même version de la zone : { $servers }. Leur exploitant doit y recharger la zone.
plan-note-servers-unreachable = Les serveurs de la zone ({ $servers }) n’ont que des adresses IPv6. Demandez au moins un serveur qui ait aussi une adresse IPv4.
plan-note-enter-elsewhere = L’enregistrement a été saisi là où personne ne le lit. Saisissez-le chez celui qui sert la zone : { $host }.
plan-note-no-answer = La question { $type } sur { $name } n’a pas reçu de réponse exploitable. Redemandez ; si cela dure, l’hébergeur DNS doit dire pourquoi.
plan-note-alias-at-domain = { $domain } est un alias de { $target } : il ne peut pas avoir d’enregistrements à lui. Remplacez cet alias par des adresses (A, AAAA), ou par l’enregistrement que votre hébergeur DNS prévoit pour cela (ALIAS, ANAME), puis publiez SPF et MX à ce nom.
plan-note-key-again = La clé du sélecteur { $selector } ne peut pas être réparée par déduction. Recopiez-la depuis les réglages du service qui signe, d’un seul tenant, ou faites-en créer une nouvelle de 2048 bits.
plan-note-key-compromised = La clé secrète du sélecteur { $selector } a été publiée. Faites créer une autre clé, sous un autre sélecteur, et ne réutilisez plus celle-ci.
plan-note-key-which = Plusieurs valeurs se trouvent au sélecteur { $selector }. Seul le service qui signe sait laquelle est la bonne : comparez avec ses réglages, et supprimez les autres.
plan-note-key-rsa = Faites aussi signer avec une clé RSA de 2048 bits : beaucoup de destinataires ne savent pas lire les clés Ed25519 ({ $selector }).
plan-note-switch-on-dkim = Activez la signature DKIM pour { $domain } dans les réglages de chaque service qui envoie en son nom, puis publiez les enregistrements qu’il affiche. Donnez-les à Garant avec `--expect`, et le plan les contrôlera.
plan-note-values-of-account = Les valeurs exactes dépendent de votre compte : relevez-les chez { $sender }, à la page d’authentification du domaine, et donnez-les à Garant avec `--expect`.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Sa page d’aide : { $page }
}
plan-note-set-up-return-path = Si { $sender } le permet, réglez-y une adresse de retour dans votre domaine : elle sert de secours quand la signature est rompue.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Sa page d’aide : { $page }
}
plan-note-target-gone = L’alias mène à { $target }, où rien ne se trouve. Demandez au service sa valeur actuelle ; si vous ne l’utilisez plus, supprimez l’alias, pour que personne d’autre ne puisse reprendre ce nom.
plan-note-choose-label = { $name } sert déjà à autre chose. Choisissez un autre nom dans les réglages du service{ EMPTY($label) ->
    [yes] {""}
   *[no] , par exemple `{ $label }`
}, puis publiez les enregistrements qu’il affiche alors.
plan-note-no-alias-at-domain = Aucun alias (CNAME) ne peut se trouver à { $name }, où commence la zone. Choisissez un sous-domaine dans les réglages du service.
plan-note-wait = L’enregistrement { $type } de { $name } est en place ; il sera vu partout à { CLOCK($until) } UTC, le { DATE($until) }. Il n’y a rien d’autre à faire.
plan-note-record-of-other = L’enregistrement de { $target } appartient à une autre organisation : elle seule peut le corriger. Signalez-le-lui, ou retirez de votre enregistrement ce qui y mène, si vous n’en avez plus besoin.
plan-note-spf-correct = Corrigez l’enregistrement SPF de { $name } : ce qu’il voulait dire ne peut pas être deviné avec certitude.
plan-note-spf-write = Nommez dans l’enregistrement SPF de { $name } chaque serveur et service qui écrit avec une adresse de retour à ce nom. Chacun d’eux indique son propre terme (`include:…`).
plan-note-spf-services-apart = L’enregistrement SPF demande { $count } recherches, et { $limit } sont permises. Confiez l’un de ces envois à un sous-domaine qui a son propre enregistrement : { $list }. Ne remplacez jamais un `include` par les adresses qu’il contient : elles changent sans prévenir.
plan-note-spf-no-plan = L’enregistrement SPF demande { $count } recherches, et { $limit } sont permises. Aucun changement sûr n’a été trouvé : celui qui gère l’enregistrement inclus doit l’alléger.
plan-note-spf-names = Remplacez dans l’enregistrement SPF ce qui ne mène à rien ou à trop de serveurs : { $terms }.
plan-note-spf-everybody = `{ $term }` permet à tout Internet d’écrire en votre nom. Nommez vos serveurs et vos services à sa place, et terminez par `~all`.
plan-note-policy-decide = À { $name }, plusieurs corrections sont possibles, et vous seul savez ce qui a été voulu. Suivez le constat, puis vérifiez à nouveau.
plan-note-exchange = Donnez à { $exchange } une adresse publique (A ou AAAA), ou nommez un autre serveur dans l’enregistrement MX.
plan-note-receive = Qui envoie du courrier doit pouvoir en recevoir : sinon les réponses et les messages de non-remise se perdent, et des destinataires refusent ces messages. Désignez dans l’enregistrement MX de { $domain } le serveur qui les recevra.
plan-note-mta-sts-file = Ajoutez `{ $exchange }` au fichier de politique MTA-STS, sur votre serveur web, puis changez l’identifiant `id` de l’enregistrement `_mta-sts`.
plan-note-second-support = { $receiver } demande plus que DMARC : SPF et DKIM ensemble. Complétez l’appui qui manque encore à ces messages, signature ou adresse de retour, dans les réglages du service.
plan-note-not-proven = L’enregistrement demandé à { $name } est absent ou faux, et ce que donnerait la correction n’a pas pu être vérifié d’ici. Publiez-le comme le constat l’indique, puis vérifiez à nouveau.
plan-note-sign-as-domain = Faites signer ces messages au nom de { $domain } même : ils passeront alors chez tous les destinataires, quelle que soit la norme qu’ils suivent.

## Autres solutions.

plan-alternative-return-path = Une adresse de retour dans votre domaine
    .why = L’adresse de retour du service { $sender } se rattacherait alors à votre domaine, et SPF appuierait ces messages.
    .cost = Un transfert peut rompre SPF : la signature DKIM reste le meilleur appui.
plan-alternative-subdomain = Un sous-domaine pour ces envois : { $subdomain }
    .why = Les envois du service { $sender } partent d’un nom à eux, avec sa propre politique, et rien ne change pour le reste du domaine.
    .cost = L’adresse d’expédition affichée change ; prévenez vos destinataires.
plan-alternative-hold = Suspendre ces envois
    .why = { EMPTY($sender) ->
        [yes] Un message qui n’est pas envoyé n’est ni refusé ni classé en indésirables
       *[no] Un message que le service { $sender } n’envoie pas n’est ni refusé ni classé en indésirables
    }, et la réputation de votre domaine n’en souffre pas.
    .cost = Les messages attendent que la cause soit corrigée.
plan-alternative-monitoring = Abaisser la politique pour un temps, de `{ $policy }` à `none`
    .why = Plus rien ne demande d’écarter ces messages. Ce que demandent aujourd’hui les sous-domaines et les noms qui n’existent pas reste écrit en toutes lettres.
    .cost = Tout le courrier au nom de { $domain } perd sa protection : à n’utiliser qu’en dernier recours, avec une date de retour.
plan-alternative-lock = Verrouiller { $domain }, s’il n’envoie rien
    .why = Ces enregistrements disent que personne n’envoie sous ce nom, et demandent de refuser tout ce qui le prétend (`{ $record }`).
    .cost = Aucun, tant que rien n’est envoyé ni reçu à ce nom.

## Le texte pour un service informatique ou son prestataire.

ticket-title = Demande de modification DNS : { $domain }
ticket-purpose = But : que le courrier envoyé au nom de { $domain } soit authentifié et accepté.
ticket-purpose-sender = But : que le courrier que le service { $sender } envoie au nom de { $domain } soit authentifié et accepté.
ticket-changes = Modifications, à faire dans cet ordre
ticket-add = Ajouter à { $name } un enregistrement { $type }
ticket-change = Remplacer à { $name } l’enregistrement { $type }
ticket-delete = Supprimer à { $name } l’enregistrement { $type }
ticket-value = Valeur
ticket-was = Valeur actuelle
ticket-ttl = TTL : { $seconds } secondes
ticket-optional = Facultatif : le courrier passe DMARC sans ce changement aussi.
ticket-only-this = Les autres enregistrements de ce nom restent tels quels.
ticket-full-names = Les noms sont donnés en entier, sans point final : beaucoup d’interfaces ajoutent elles-mêmes le domaine.
ticket-check = Pour contrôler
ticket-check-record = Cette commande doit montrer la nouvelle valeur
ticket-check-all = Cette commande ne doit plus signaler comme bloquant ou risqué : { $list }
ticket-rollback = Pour revenir en arrière
ticket-rollback-why = Si du courrier est refusé après la modification, rétablissez les valeurs suivantes.
ticket-affects = Services dont le courrier dépend aussi de ces enregistrements
