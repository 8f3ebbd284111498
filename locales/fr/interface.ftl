# Les mots de la ligne de commande et de tous les résultats. Les constats ont leurs propres fichiers.

## Le verdict : une phrase simple.

verdict-domain-absent = Le domaine { $domain } n’existe pas : aucun message ne peut être envoyé en son nom.
verdict-free-mail = { $domain } appartient à un fournisseur de messagerie : vous ne pouvez pas y publier d’enregistrements, et aucun service ne peut donc authentifier le courrier qu’il envoie pour vous sous ce nom. Envoyez depuis un domaine à vous.
verdict-dnssec-bogus = De nombreux destinataires ne peuvent lire aucun enregistrement de { $domain } : ses signatures DNSSEC sont rompues. Le courrier envoyé en son nom peut être refusé, et celui qui lui est adressé peut ne pas arriver.
verdict-servers-lame = Aucun des serveurs désignés pour { $domain } ne sert ce domaine : ses enregistrements ne peuvent pas être lus, ce qui est envoyé en son nom ne peut pas être authentifié, et le courrier qui lui est adressé n’arrive pas.
verdict-waiting = Tout est en place dans la zone de { $domain }, mais une partie des résolveurs ne le voit pas encore. Attendez { CLOCK($until) } UTC, le { DATE($until) }, puis vérifiez à nouveau ; il n’y a rien d’autre à faire.
verdict-unanswered = Nous n’avons pas pu savoir si le courrier de { $domain } peut être authentifié : ses serveurs DNS, ou celui qui a été interrogé, n’ont pas donné de réponse exploitable. Cela ne dit rien contre le domaine ; redemandez.
verdict-sends-nothing = { $domain } déclare n’envoyer aucun message et demande aux destinataires de refuser tout ce qui prétend venir de lui. Rien à changer, tant que vous n’envoyez rien sous ce nom.
verdict-sends-nothing-open = { $domain } déclare dans son enregistrement SPF n’envoyer aucun message, mais ne publie pas de politique DMARC qui fasse refuser ce qui prétend venir de lui.
verdict-enforced-without-proof = Vos messages au nom de { $domain } risquent fort d’être refusés ou classés en indésirables : le domaine le demande (`p={ $policy }`), et ni enregistrement SPF en état de marche ni clé DKIM valide n’ont été trouvés.
verdict-no-proof = Rien ne permet de vérifier que vos messages au nom de { $domain } sont authentiques : ni enregistrement SPF en état de marche ni clé DKIM valide n’ont été trouvés.
verdict-spf-broken = { $spf ->
    [limit] { $dkim ->
        [found] L’enregistrement SPF de { $domain } demande trop de recherches DNS : pour les serveurs nommés après la dixième, il s’achève sur une erreur, et leurs messages ne sont authentifiés que s’ils portent une signature DKIM.
       *[other] L’enregistrement SPF de { $domain } demande trop de recherches DNS : pour les serveurs nommés après la dixième, il s’achève sur une erreur, et aucune clé DKIM valide n’a été trouvée aux sélecteurs interrogés.
    }
   *[other] { $dkim ->
        [found] L’enregistrement SPF de { $domain } est inutilisable, et les destinataires l’ignorent ; vos messages ne sont authentifiés que s’ils portent une signature DKIM.
       *[other] L’enregistrement SPF de { $domain } est inutilisable, et les destinataires l’ignorent ; aucune clé DKIM valide n’a été trouvée aux sélecteurs interrogés.
    }
}
verdict-spf-only = { $policy ->
    [none] Vos messages au nom de { $domain } ne peuvent être authentifiés que par SPF : le domaine ne publie aucune clé DKIM, et un message transféré ne peut plus prouver son origine.
   *[other] Une partie de vos messages au nom de { $domain } risque fort d’être refusée ou classée en indésirables : le domaine le demande (`p={ $policy }`) et ne publie aucune clé DKIM. SPF reste leur seul appui ; un transfert suffit à le rompre, tout comme un service qui a sa propre adresse de retour.
}
verdict-dkim-not-found = L’enregistrement SPF de { $domain } fonctionne ; aucune clé DKIM n’a été trouvée aux sélecteurs interrogés. Les sélecteurs ne peuvent pas être énumérés : indiquez le vôtre pour le faire vérifier.
verdict-dkim-broken = L’enregistrement SPF de { $domain } fonctionne, mais la clé DKIM trouvée est inutilisable pour les destinataires : les signatures faites avec elle ne comptent pas.
verdict-dkim-only = Vos messages au nom de { $domain } ne peuvent être authentifiés que par DKIM : { $spf ->
    [nobody] l’enregistrement SPF du domaine n’autorise personne à envoyer.
   *[other] le domaine ne publie pas d’enregistrement SPF.
}
verdict-no-policy = Vos messages au nom de { $domain } peuvent être authentifiés par SPF et DKIM, mais le domaine ne publie pas de politique DMARC ; certains destinataires refusent les envois en nombre qui n’en ont pas.
verdict-policy-broken = Vos messages au nom de { $domain } peuvent être authentifiés par SPF et DKIM, mais les destinataires ne lisent pas son enregistrement DMARC comme il a été voulu.
verdict-ready-with-risk = Vos messages au nom de { $domain } peuvent être authentifiés par SPF et DKIM ; un autre point est à corriger.
verdict-ready-monitoring = Vos messages au nom de { $domain } peuvent être authentifiés par SPF et DKIM ; sa politique DMARC surveille et ne refuse rien (`p=none`).
verdict-ready = Vos messages au nom de { $domain } peuvent être authentifiés par SPF et DKIM, et sa politique DMARC protège ce nom (`p={ $policy }`).

## Le verdict, quand il porte sur le courrier d’un service. Les parties se répètent dans plusieurs phrases et dans les constats path-*.

verdict-part-by = { EMPTY($sender) ->
    [yes] ce service
   *[no] { $sender }
}
verdict-part-service = { EMPTY($sender) ->
    [yes] ce service
   *[no] le service { $sender }
}
verdict-part-of = { EMPTY($sender) ->
    [yes] de ce service
   *[no] du service { $sender }
}
verdict-part-dkim = { $dkim ->
    [no-key] aucune clé DKIM valide à son nom n’a été trouvée aux sélecteurs de ce service
    [strict] `adkim=s` empêche la signature, faite au nom de { $dkim_domain }, de compter
    [foreign] la signature est faite au nom d’un autre domaine ({ $dkim_domain })
   *[apart] la signature, faite au nom de { $dkim_domain }, compte pour une autre organisation
}
verdict-part-spf = { $spf ->
    [foreign] l’adresse de retour n’appartient pas non plus à votre domaine
    [strict] `aspf=s` empêche aussi l’adresse de retour ({ $mail_from }) de compter
    [not-authorised] l’enregistrement SPF de l’adresse de retour ({ $mail_from }) n’admet pas non plus cet envoi
   *[apart] l’adresse de retour ({ $mail_from }) compte elle aussi pour une autre organisation
}
verdict-part-legs = { $doubled ->
    [yes] les enregistrements de ce service ne sont pas là où les destinataires les cherchent
   *[no] { verdict-part-dkim } ; { verdict-part-spf }
}
verdict-part-doubled = { $doubled ->
    [yes] {" "}L’enregistrement existe, mais sous `{ $found_at }` : votre hébergeur DNS ajoute lui-même le domaine. Ne saisissez que `{ $label }`.
   *[no] {""}
}
verdict-part-besides = { $besides ->
    [yes] {" "}Un autre point reste à corriger.
   *[no] {""}
}
verdict-sender-refused = Vos messages envoyés par { verdict-part-by } au nom de { $domain } risquent fort d’être { $policy ->
    [quarantine] classés en indésirables : votre domaine le demande
   *[reject] refusés ou classés en indésirables : votre domaine demande le refus
} (`{ $tag }={ $published }`{ $testing ->
    [yes] , abaissé par `t=y`
   *[no] {""}
}) et { verdict-part-legs }.{ verdict-part-doubled }{ $testing ->
    [yes] {" "}Bien des destinataires suivent encore la RFC 7489 : ils ignorent `t=y`, et refusent.
   *[no] {""}
}
verdict-sender-unauthenticated = Rien ne rattache à { $domain } les messages que { verdict-part-service } envoie en votre nom{ $doubled ->
    [yes] , car
   *[no] {" "}:
} { verdict-part-legs }.{ verdict-part-doubled } Rien ne demande de les refuser, mais certains destinataires les classent en indésirables.{ $testing ->
    [yes] {" "}Bien des destinataires suivent encore la RFC 7489 : ils ignorent `t=y`, et les classent en indésirables (`{ $tag }={ $published }`).
   *[no] {""}
}
verdict-sender-readings-differ = Vos messages envoyés par { verdict-part-by } au nom de { $domain } passent chez les destinataires qui suivent la { $passes } et échouent chez ceux qui suivent la { $fails } : les deux ne rattachent pas les mêmes noms à votre organisation.
verdict-sender-unknown = Nous n’avons pas pu savoir si les messages que { verdict-part-service } envoie au nom de { $domain } peuvent être authentifiés : { $dkim ->
    [ed25519] ses clés DKIM sont toutes de type Ed25519, que beaucoup de destinataires ne vérifient pas
    [unknown] ses sélecteurs DKIM ne sont pas connus, ou n’ont pas donné de réponse ; cela ne dit rien contre le domaine
   *[other] { $doubled ->
        [yes] les enregistrements de ce service ne sont pas là où les destinataires les cherchent
       *[no] { verdict-part-dkim }
    }, et nous ne savons pas si l’adresse de retour compte
}.{ verdict-part-doubled } Le rapport dit ce qui reste à indiquer.
verdict-sender-incomplete = { $records_right ->
    [0] Aucun des enregistrements demandés n’est encore correct
    [one] Un enregistrement sur { verdict-part-asked } est correct
    [2] Deux enregistrements sur { verdict-part-asked } sont corrects
   *[other] { $records_right } enregistrements sur { verdict-part-asked } sont corrects
} ; { $state ->
    [absent] il manque `{ $wrong }`
   *[wrong] à corriger : `{ $wrong }`
}{ $purpose ->
    [return-path] {" "}(adresse de retour)
    [key] {" "}(clé DKIM)
    [policy] {" "}(politique DMARC)
   *[other] {""}
}. { $legs ->
    [both] Vos messages restent authentifiés par SPF et par DKIM.
    [dkim] Vos messages restent authentifiés par DKIM, sans secours.
   *[spf] Vos messages restent authentifiés par SPF, sans secours : un transfert suffit à les en priver.
}{ verdict-part-doubled }{ verdict-part-besides }
verdict-part-asked = { $records_asked ->
    [2] deux
    [3] trois
    [4] quatre
    [5] cinq
    [6] six
   *[other] { $records_asked }
}
verdict-sender-waiting = Tout est publié pour les messages que { verdict-part-service } envoie au nom de { $domain } ; tous les résolveurs le verront au plus tard à { CLOCK($until) } UTC, le { DATE($until) }. Rien à changer : attendez.
verdict-sender-no-policy = Vos messages envoyés par { verdict-part-by } au nom de { $domain } peuvent être authentifiés { $legs ->
    [both] par SPF et par DKIM
    [dkim] par DKIM
   *[spf] par SPF
}, mais aucun enregistrement DMARC ne s’applique ; certains destinataires refusent les envois en nombre qui n’en ont pas.{ verdict-part-besides }
verdict-sender-one-leg = Vos messages envoyés par { verdict-part-by } au nom de { $domain } passent { $when ->
    [now] aujourd’hui{" "}
   *[then] {""}
}grâce à { $legs ->
    [spf] SPF seul : { $dkim ->
        [no-key] aucune clé DKIM valide n’a été trouvée aux sélecteurs de ce service, et un transfert suffit à les priver d’appui.
        [strict] `adkim=s` empêche la signature ({ $dkim_domain }) de servir de secours.
        [foreign] la signature est faite au nom d’un autre domaine ({ $dkim_domain }).
        [apart] la signature ({ $dkim_domain }) compte pour une autre organisation.
        [ed25519] ses clés DKIM sont toutes de type Ed25519, que beaucoup de destinataires ne vérifient pas.
       *[unknown] nous n’avons pas pu savoir si une signature DKIM peut servir de secours.
    }
   *[dkim] DKIM{ $spf ->
        [strict] {" "}seul : `aspf=s` empêche votre adresse de retour ({ $mail_from }) de servir de secours.
        [foreign] {" "}seul : l’adresse de retour n’appartient pas à votre domaine, et ne peut pas servir de secours.
        [not-authorised] {" "}seul : l’enregistrement SPF de l’adresse de retour ({ $mail_from }) n’admet pas cet envoi.
        [apart] {" "}seul : l’adresse de retour ({ $mail_from }) compte pour une autre organisation.
       *[unknown] {" "}; nous n’avons pas pu savoir si leur adresse de retour peut servir de secours.
    }
}{ verdict-part-doubled }{ verdict-part-besides }
verdict-sender-ready = Vos messages envoyés par { verdict-part-by } au nom de { $domain } peuvent être authentifiés par SPF et par DKIM{ $policy ->
    [none] {" "}; la politique DMARC surveille et ne refuse rien (`{ $tag }={ $published }`).
   *[other] , et la politique DMARC protège ce nom (`{ $tag }={ $published }`).
}{ verdict-part-besides }

## États : toujours un mot, à côté de la forme.

state-blocks = Bloque le courrier
state-risk = À risque
state-unknown = Inconnu
state-advice = Conseil
state-fine = En règle
state-none = Non utilisé

action-add = ajouter
action-change = remplacer
action-delete = supprimer

## Les parties d’un résultat.

label-line = { $label } : { $text }
label-where = où
label-found = trouvé
label-cause = cause
label-expected = attendu
label-more = en savoir plus : { $command }
label-plan-hint = `garant plan` avec les mêmes mots montre les enregistrements à publier, prêts à copier, et ce que la vérification dit ensuite.
label-unknown = Ce qui n’a pas pu être établi
label-aliases = alias de { $names }
label-ttl = conservé { $time }
label-asked = { $count ->
    [one] une question DNS
   *[other] { $count } questions DNS
}{ $direct ->
    [0] {""}
    [one] {" "}et une à un serveur de la zone
   *[other] {" "}et { $direct } aux serveurs de la zone
} en { $ms } ms, le { $time } UTC{ $servers ->
    [none] {""}
   *[other] , réponses de { $servers }
}
label-taken-from-address = Tiré de l’adresse { $input } : { $domain }.
label-taken-from-url = Tiré de l’adresse web { $input } : { $domain }.
label-taken-from-web-host = { $input } est le nom d’un serveur web ; le domaine vérifié est { $domain }.
label-taken-from-from = L’adresse affichée est { $input } ; le domaine vérifié est donc { $domain }.
label-markdown-what = Action
label-markdown-record = Enregistrement
label-markdown-value = Valeur

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

unknown-servfail = { $name } ({ $type }) : le serveur DNS a signalé une défaillance
unknown-timeout = { $name } ({ $type }) : pas de réponse à temps
unknown-refused = { $name } ({ $type }) : le serveur DNS n’a pas voulu répondre
unknown-rcode = { $name } ({ $type }) : le serveur DNS a répondu par une erreur
unknown-unreachable = { $name } ({ $type }) : le serveur DNS n’a pas pu être joint
unknown-truncated = { $name } ({ $type }) : la réponse, trop longue pour un datagramme, n’est pas arrivée par TCP
unknown-malformed = { $name } ({ $type }) : la réponse n’a pas pu être lue
unknown-offline = { $name } ({ $type }) : hors des zones données, et non demandé à cause de --offline
unknown-not-recorded = { $name } ({ $type }) : absent des réponses enregistrées
unknown-over-budget = { $name } ({ $type }) : non demandé, cette vérification ayant atteint son nombre maximal de questions
unknown-authority-unanswered = { $name } : aucun des serveurs de la zone n’a répondu aux questions posées directement d’ici ; il se peut que ce réseau les bloque
unknown-waiting = { $name } ({ $type }) : publié, mais pas encore visible partout
unknown-selectors-not-listable = { $name } : les sélecteurs DKIM ne peuvent pas être énumérés ; indiquez le vôtre avec --selector
unknown-return-address-not-known = { $name } : l’adresse de retour de ce service n’est pas connue ; indiquez son domaine avec --mail-from
unknown-sending-address-not-known = { $name } : on ne sait pas d’où ce courrier part ; indiquez l’adresse du serveur avec --ip

## Erreurs d’utilisation.

error-prefix = garant : { $text }
error-input-empty = Aucun domaine n’a été donné. Saisissez un domaine, par exemple votreentreprise.fr.
error-input-label-empty = « { $input } » n’est pas un domaine : deux points se suivent, ou il commence par un point.
error-input-label-long = « { $input } » n’est pas un domaine : une partie entre deux points dépasse 63 caractères.
error-input-long = « { $input } » n’est pas un domaine : il dépasse 255 caractères.
error-input-character = « { $input } » n’est pas un domaine : le caractère « { $character } » ne peut pas y figurer.
error-input-idn = « { $input } » n’est pas un domaine : ses lettres accentuées ne forment pas un nom internationalisé valide.
error-input-address = « { $input } » est une adresse IP. Saisissez le domaine de votre adresse e-mail, par exemple votreentreprise.fr.
error-input-single-label = « { $input } » n’est pas un domaine complet. Saisissez tout le domaine de votre adresse e-mail, par exemple votreentreprise.fr.
error-input-public-suffix = « { $input } » est un suffixe public : on enregistre des noms au-dessous, et personne n’envoie de courrier sous celui-ci. Saisissez votre domaine entier, par exemple votreentreprise.{ $input }.
error-selector = « { $input } » n’est pas un sélecteur DKIM. Un sélecteur est le nom placé avant ._domainkey, par exemple s1 ou google.
error-selectors-many = Plus de { $limit } sélecteurs ont été donnés ; { $limit } au plus sont interrogés.
error-nameserver = « { $input } » n’est pas l’adresse d’un serveur DNS. Donnez une adresse IP, avec un port si besoin : 192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:5353.
error-no-nameserver = Aucun serveur DNS n’est connu : { $path } n’en nomme pas. Donnez-en un avec --nameserver.
error-offline-alone = --offline a besoin d’enregistrements à lire : donnez --zone ou --replay.
error-file-read = { $path } ne peut pas être lu : { $reason ->
    [absent] ce fichier n’existe pas.
    [denied] accès refusé.
    [not-text] ce n’est pas un fichier de texte.
    [large] il dépasse { $limit } Mio, et rien de ce qui se lit ici n’est si grand.
   *[other] le système l’a refusé.
}
error-file-write = { $path } ne peut pas être écrit : { $reason ->
    [absent] le dossier n’existe pas.
    [exists] un fichier s’y trouve déjà, et rien n’est écrasé. Donnez un autre nom, ou déplacez-le.
    [denied] accès refusé.
   *[other] le système l’a refusé.
}
error-zone = { $path }:{ $line }:{ $column } : { $problem ->
    [include] $INCLUDE n’est jamais suivi. Réunissez les enregistrements dans un seul fichier.
    [directive] la directive { $detail } n’est pas connue. Seules $ORIGIN et $TTL le sont.
    [type] un type d’enregistrement tel que TXT, CNAME ou MX est attendu ici.
    [class] seule la classe IN est lue.
    [end] l’enregistrement s’arrête avant que ses données soient complètes.
    [trailing] du texte suit la fin de l’enregistrement. Une valeur TXT avec des espaces ou des points-virgules doit être entre guillemets.
    [character] un caractère ou un échappement qui ne peut pas se trouver ici.
    [origin] un nom relatif, et rien ne dit relatif à quoi. Commencez le fichier par $ORIGIN.
    [large] le fichier dépasse 16 Mio.
   *[data] les données n’ont pas la forme que demande ce type d’enregistrement.
}
error-capture = { $path } n’est pas une capture de Garant, ou elle est abîmée{ $line ->
    [0] {""}
   *[other] {" "}(ligne { DIGITS($line) }, colonne { DIGITS($column) })
}.
error-capture-newer = { $path } a été enregistré par une version plus récente de Garant (format { $found } ; celle-ci lit jusqu’à { $known }). Mettez Garant à jour.
error-capture-domain = { $path } contient les réponses pour { $found }, et non pour { $domain }.
error-capture-several = --capture et --replay s’emploient avec un seul domaine à la fois.
error-question-several = --from et --expect s’emploient avec un seul domaine à la fois.
error-sender = « { $input } » n’est pas un service d’envoi connu.{ $suggestion ->
    [none] {""}
   *[other] {" "}Vouliez-vous dire { $suggestion } ?
} `garant senders` les énumère tous ; un service qui n’y est pas se décrit par ses parties, avec --mail-from et --signed-by.
error-mail-from = « { $input } » n’est pas le domaine d’une adresse de retour. Donnez un domaine ou une adresse entière, par exemple em.votreentreprise.fr ; le champ Return-Path d’un message reçu la montre.
error-signed-by = « { $input } » n’est pas un domaine de signature. Donnez ce que la signature indique après d=, puis, après deux-points, ce qu’elle indique après s=, par exemple votreentreprise.fr:s1.
error-signed-by-many = Plus de { $limit } signatures ont été données ; { $limit } au plus sont jugées.
error-ip = « { $input } » n’est pas une adresse IP, par exemple 192.0.2.1 ou 2001:db8::1.
error-rua = « { $input } » n’est pas une adresse à laquelle des rapports peuvent être envoyés. Donnez une seule adresse e-mail, par exemple dmarc@votreentreprise.fr.
error-from = « { $input } » n’est pas une adresse e-mail, par exemple facturation@votreentreprise.fr.
error-from-elsewhere = L’adresse { $input } est dans { $found }, et la question porte sur { $domain }. Les deux doivent être le même domaine, ou l’un se trouver sous l’autre.
error-server-at = « { $input } » ne dit pas où se trouve un serveur DNS. Donnez son nom, un signe égal et une adresse IP, avec un port si besoin : ns1.votreentreprise.fr=192.0.2.1:5353.
error-expect = { $path ->
    [expect] Ligne { $line }, colonne { $column } :
   *[other] { $path }:{ $line }:{ $column } :
} { $problem ->
    [json] ce n’est pas du JSON. Une liste d’enregistrements est attendue : `[{"{"}"name": "s1._domainkey", "type": "CNAME", "value": "s1.example."{"}"}]`
    [list] une liste d’enregistrements est attendue ici, entre [ et ].
    [empty] la liste est vide.
    [many] plus de { $detail } enregistrements ; { $detail } au plus sont examinés.
    [record] un enregistrement est attendu ici : `{"{"}"name": …, "type": …, "value": …{"}"}`.
    [member-unknown] un enregistrement a les membres name, type et value, et pas de « { $detail } ».
    [member-twice] le membre { $detail } figure deux fois dans un même enregistrement.
    [member-absent] cet enregistrement n’a pas de { $detail }.
    [text] le membre { $detail } doit être un texte entre guillemets.
    [type] les enregistrements de type « { $detail } » ne sont pas examinés ici ; seuls le sont CNAME, TXT et MX.
    [name] « { $detail } » n’est pas le nom d’un enregistrement.
    [name-outside] { $detail } est en dehors de { $domain }, le domaine sur lequel porte la question.
    [name-ambiguous] « { $detail } » peut être un nom entier, en dehors de { $domain }, ou le début de { $other }. Si c’est le second, écrivez ce nom entier.
    [value-cname] « { $detail } » n’est pas un nom, et c’est ce que demande un CNAME.
    [value-mx] « { $detail } » n’est pas ce que demande un MX : un nombre et un nom, par exemple 10 mx.example.
    [value-url] « { $detail } » est une adresse web. Un enregistrement ne prend que le nom, sans https://.
    [value-quoted] écrivez le texte de l’enregistrement sans les guillemets qui l’entourent ; ils appartiennent aux fichiers de zone.
    [value-empty] la valeur est vide.
    [value-long] la valeur dépasse { $detail } octets ; aucun enregistrement qui fonctionne n’est si long.
   *[contradiction] un autre enregistrement de la liste se trouve déjà à { $detail }, et un CNAME est toujours seul.
}
error-code = « { $input } » n’est pas un code de constat.{ $suggestion ->
    [none] {""}
   *[other] {" "}Vouliez-vous dire { $suggestion } ?
} `garant explain` les énumère tous.
error-reply = Ce texte n’est pas la réponse d’un serveur : il est vide, plus long que ne le sont ces réponses, ou n’a ni code comme 550 ni mots par lesquels les serveurs refusent. Pour un message entier, donnez son fichier.
error-runtime = Le programme n’a pas pu démarrer sa partie réseau.
error-usage-unknown-argument = Option ou argument inconnu : { $argument }.
error-usage-missing = Il manque quelque chose : { $argument }.
error-usage-value = « { $value } » n’est pas possible pour { $argument }.{ $possible ->
    [none] {""}
   *[other] {" "}Possible : { $possible }.
}
error-usage-conflict = { $argument } ne peut pas s’employer avec { $other }.
error-usage-value-missing = { $argument } demande une valeur.
error-usage-subcommand = Commande inconnue : { $argument }.
error-usage-other = La commande n’a pas pu être comprise.
error-usage-hint = `garant --help` montre ce qui est possible.

## L’aide de la ligne de commande.

cli-usage = Utilisation :
cli-arguments = Arguments 
cli-options = Options 
cli-commands = Commandes 
cli-about = Vérifie si le courrier envoyé au nom d’un domaine peut être authentifié : SPF, DKIM, DMARC, et ce qu’il faut publier.
cli-check = Vérifie un ou plusieurs domaines et dit quoi publier
cli-check-domains = Le domaine de votre adresse e-mail ; une adresse e-mail ou web convient aussi
cli-question-sender = Le service d’envoi dont le courrier est en question, par exemple activecampaign ; `garant senders` les énumère
cli-question-mail-from = Le domaine de l’adresse de retour de ce courrier (MAIL FROM) ; une adresse convient aussi
cli-question-signed-by = Le domaine de sa signature DKIM (d=), avec le sélecteur si vous le connaissez ; répétable
cli-question-ip = L’adresse IP du serveur qui l’envoie
cli-question-from = L’adresse d’expédition affichée (From) ; c’est son domaine qui est vérifié
cli-question-expect = Les enregistrements qu’une plateforme vous a demandés : une liste JSON de {"{"}name, type, value{"}"}
cli-question-selector = Un sélecteur DKIM à interroger ; répétable
cli-question-zone = Lit les enregistrements dans un fichier de zone au lieu de les demander ; répétable
cli-question-offline = Ne demande rien à personne : ce qui n’est pas dans les fichiers de zone est inconnu
cli-question-nameserver = Interroge ce serveur DNS, IP ou IP:PORT, au lieu de celui du système ; répétable
cli-question-authority = Interroge dans tous les cas chaque serveur faisant autorité, et pas seulement en cas de doute
cli-question-server-at = Interroge à cette adresse le serveur DNS NAME de la zone ; répétable
cli-question-capture = Enregistre toutes les réponses dans ce fichier, pour les rejouer ou les transmettre
cli-question-replay = Juge à nouveau les réponses enregistrées dans ce fichier, sans rien demander
cli-check-format = Forme du résultat : text, json ou markdown ; text sinon
cli-question-qps = Nombre maximal de questions par seconde
cli-question-timeout = Nombre de secondes après lequel une vérification n’attend plus de réponse (20 sinon)
cli-explain = Explique le code d’un constat ; sans code, les énumère tous
cli-explain-code = Un code, par exemple dmarc.missing
cli-plan = Dit quoi publier pour un domaine, et ce que la vérification dit ensuite
cli-plan-domain = Le domaine de votre adresse e-mail ; une adresse e-mail ou web convient aussi
cli-plan-rua = L’adresse à laquelle les rapports DMARC seront envoyés
cli-plan-format = Forme du résultat : text, zone (lignes d’un fichier de zone), json ou markdown (une demande à transmettre) ; text sinon
cli-bounce = Dit pourquoi du courrier est revenu, à qui d’agir, et quoi changer
cli-bounce-files = Les messages de non-remise : fichiers .eml, boîtes mbox, dossiers, ou - pour l’entrée standard
cli-bounce-reply = La réponse d’un serveur, au lieu d’un message : 550-5.7.26 …
cli-bounce-summary = Compte par cause, par domaine et par destinataire, au lieu d’expliquer chaque message
cli-bounce-format = Forme du résultat : text ou json (une ligne par message) ; text sinon
cli-bounce-check = Vérifie aussi le domaine en cause, dans tous les cas
cli-bounce-no-check = Ne vérifie pas le domaine en cause (text le fait sinon)
cli-bounce-sender = Le service qui a envoyé ces messages, par exemple activecampaign
cli-bounce-timeout = Nombre de secondes après lequel une vérification n’attend plus de réponse (20 sinon)
cli-lang = Langue : fr ou en ; sinon d’après LC_ALL, LC_MESSAGES ou LANG
cli-help = Affiche cette aide
cli-version = Affiche la version
cli-after = Code de sortie : 0 rien ne bloque ni ne menace le courrier, 1 quelque chose le fait, 2 quelque chose d’inconnu pourrait changer la réponse, 64 mauvais usage.
explain-list = Tous les codes, avec leur titre. `garant explain CODE` en dit davantage.
