### MTA-STS : les constats, un message par code (titre, .why, .fix).
### Arguments : ceux de crates/check/src/finding.rs, plus $domain et $name. Texte entre accents graves : à citer tel quel.

finding-mta-sts-multiple = { $count } enregistrements MTA-STS au lieu d’un : c’est comme s’il n’y en avait pas
    .why = Devant plusieurs enregistrements, les serveurs qui vous écrivent doivent considérer que vous n’avez pas de politique MTA-STS (RFC 8461, section 3.1). Le courrier arrive toujours, mais sans chiffrement garanti.
    .fix = N’en gardez qu’un à { $name }.

finding-mta-sts-invalid = { $reason ->
        [id-missing] L’enregistrement MTA-STS n’a pas d’identifiant (`id=`)
        [id-syntax] L’identifiant (`id=`) de l’enregistrement MTA-STS est mal écrit
        [not-first] L’enregistrement MTA-STS ne commence pas par `v=STSv1`
       *[syntax] L’enregistrement MTA-STS est mal écrit
    }
    .why = Il s’y trouve : `{ $found }`. Les serveurs qui vous écrivent doivent alors considérer que vous n’avez pas de politique MTA-STS (RFC 8461, section 3.1). Le courrier arrive toujours, mais sans chiffrement garanti.
    .fix = { $reason ->
        [id-missing] Ajoutez `id=` suivi de lettres ou de chiffres, 32 au plus, et changez-le à chaque nouvelle version de la politique ; une date avec l’heure convient bien.
        [id-syntax] N’employez dans `id=` que des lettres sans accent et des chiffres, 32 au plus ; une date avec l’heure convient bien.
        [not-first] Placez `v=STSv1` au tout début, suivi d’un point-virgule.
       *[syntax] Réécrivez l’enregistrement : `v=STSv1`, un point-virgule, puis `id=` suivi de lettres ou de chiffres ; une date avec l’heure convient bien.
    }

finding-mta-sts-policy-unreachable = { $reason ->
        [no-address] Le fichier de la politique MTA-STS est introuvable : le nom du serveur n’a pas d’adresse
        [refused-address] Le fichier de la politique MTA-STS est inaccessible : l’adresse du serveur n’est pas publique
        [connect] Le fichier de la politique MTA-STS est inaccessible : le serveur ne répond pas
        [tls] Le fichier de la politique MTA-STS est inaccessible : la connexion chiffrée échoue
        [status] Le fichier de la politique MTA-STS est introuvable : le serveur répond { DIGITS($detail) }
        [redirect] Le fichier de la politique MTA-STS est déplacé : le serveur renvoie ailleurs
        [content-type] Le fichier de la politique MTA-STS n’est pas servi comme du texte
        [too-large] Le fichier de la politique MTA-STS est trop gros
        [timeout] Le fichier de la politique MTA-STS est inaccessible : le serveur met trop de temps à répondre
       *[other] Le fichier de la politique MTA-STS ne peut pas être lu
    }
    .why = L’enregistrement annonce une politique, mais elle ne peut pas être lue à { $url }. Les serveurs qui vous écrivent font comme si elle n’existait pas, ou gardent l’ancienne s’ils l’ont encore en mémoire (RFC 8461, section 3.3).
    .fix = { $reason ->
        [no-address] Publiez une adresse (A ou AAAA) ou un alias (CNAME) pour mta-sts.{ $domain }, vers le serveur web qui porte le fichier.
        [refused-address] Donnez à mta-sts.{ $domain } une adresse publique : les autres ne peuvent pas être jointes depuis Internet.
        [connect] Vérifiez que le serveur web de mta-sts.{ $domain } fonctionne, et que le port 443 est ouvert.
        [tls] Installez un certificat en cours de validité, émis pour mta-sts.{ $domain } par une autorité reconnue ; vérifiez la chaîne complète.
        [status] Déposez le fichier à l’adresse { $url } exactement.
        [redirect] Servez le fichier à l’adresse même : les redirections ne sont pas suivies (RFC 8461, section 3.3).
        [content-type] Réglez le serveur web pour que ce fichier soit servi avec le type `text/plain`.
        [too-large] Ramenez le fichier à quelques lignes : version, mode, serveurs, durée.
        [timeout] Vérifiez la charge et le pare-feu du serveur web de mta-sts.{ $domain }.
       *[other] Ouvrez { $url } dans un navigateur et corrigez ce qu’il signale.
    }

finding-mta-sts-policy-invalid = { $reason ->
        [version] Le fichier de la politique MTA-STS n’indique pas la bonne version
        [mode] Le fichier de la politique MTA-STS n’indique pas un mode qui existe
        [max-age] Le fichier de la politique MTA-STS n’indique pas une durée valide
        [mx] Le fichier de la politique MTA-STS ne nomme pas correctement vos serveurs de réception
       *[syntax] Le fichier de la politique MTA-STS est mal écrit
    }
    .why = { $line ->
        [0] Une ligne que la norme exige n’y est pas.
       *[other] La faute est à la ligne { DIGITS($line) }.
    } Les serveurs qui vous écrivent n’appliquent pas une politique qu’ils ne comprennent pas : le courrier arrive toujours, mais sans chiffrement garanti (RFC 8461, sections 3.2 et 5).
    .fix = { $reason ->
        [version] Écrivez `version: STSv1`.
        [mode] Écrivez `mode: testing` pour commencer, `mode: enforce` ensuite.
        [max-age] Écrivez `max_age:` suivi d’un nombre de secondes, 31557600 (un an) au plus ; par exemple `max_age: 604800` (une semaine).
        [mx] Écrivez une ligne `mx:` par serveur de réception, avec son nom exact ou un motif comme `*.exemple.fr`.
       *[syntax] Écrivez une information par ligne, sous la forme `nom: valeur`.
    } Changez ensuite `id=` dans l’enregistrement DNS.

finding-mta-sts-exchange-not-listed = Le serveur de réception { $exchange } n’est pas nommé dans la politique MTA-STS
    .why = { $mode ->
        [enforce] En mode `enforce`, les serveurs qui respectent MTA-STS refusent de lui remettre votre courrier : si c’est le seul, ou si les autres sont en panne, des messages ne vous parviennent pas.
        [testing] En mode `testing`, le courrier arrive encore ; en mode `enforce`, il n’arriverait plus par ce serveur.
       *[none] En mode `none`, le courrier arrive encore ; en mode `enforce`, il n’arriverait plus par ce serveur.
    }
    .fix = Ajoutez au fichier de la politique une ligne `mx: { $exchange }`, puis changez `id=` dans l’enregistrement DNS. Si ce serveur ne doit plus recevoir votre courrier, retirez plutôt son enregistrement MX.

finding-mta-sts-testing = La politique MTA-STS est à l’essai (`mode: testing`)
    .why = Les serveurs qui vous écrivent signalent les défauts de chiffrement si vous avez demandé des rapports (TLS-RPT), et remettent le courrier quand même. C’est le bon début.
    .fix = Rien à changer pour l’instant. Après quelques semaines sans défaut dans les rapports, passez à `mode: enforce` et changez `id=`.

finding-mta-sts-valid = La politique MTA-STS est valide et appliquée (`mode: enforce`)
    .why = Les serveurs qui respectent MTA-STS ne vous remettent le courrier que par une connexion chiffrée et vérifiée, aux serveurs que vous nommez ({ $exchanges ->
        [one] { $exchanges } ligne
       *[other] { $exchanges } lignes
    } `mx:`).
    .fix = Rien à changer.
