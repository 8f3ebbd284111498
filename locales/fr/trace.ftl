# Le tracé d’un message : le verdict, les étapes, et `garant trace`.

## Le verdict : une phrase.

trace-verdict-passes-both = Ce message prouve qu’il vient de { $domain }, par SPF et par DKIM : DMARC réussit{ $policy ->
    [none] .
   *[other] , et les destinataires n’ont pas lieu d’appliquer la politique (`{ $tag }={ $published }`).
}
trace-verdict-passes-by-dkim = Ce message prouve qu’il vient de { $domain } par sa signature DKIM{ $ed25519 ->
    [yes] {" "}seule, et cette signature est d’un type (Ed25519) que beaucoup de destinataires ne vérifient pas.
   *[no] { $spf ->
        [unevaluated] {" "}: DMARC réussit. SPF n’a pas pu être évalué : { trace-part-unevaluated }.
        [unanswered] {" "}: DMARC réussit. { trace-part-spf }.
        [unknown] {" "}: DMARC réussit. { trace-part-spf }.
       *[other] {" "}: DMARC réussit. { trace-part-spf } ; la signature est donc son seul appui, et ce qui modifie le message en route le rompt.
    }
}
trace-verdict-passes-by-spf = Ce message prouve qu’il vient de { $domain } par SPF{ $dkim ->
    [over-limit] {" "}: DMARC réussit. On n’a pas pu établir si DKIM le soutient aussi : { trace-part-dkim }.
    [no-body] {" "}: DMARC réussit. On n’a pas pu établir si DKIM le soutient aussi : seul son en-tête est ici, et sa signature porte sur le corps.
    [no-answer] {" "}: DMARC réussit. On n’a pas pu établir si DKIM le soutient aussi : { trace-part-dkim }.
    [unknown] {" "}: DMARC réussit. On n’a pas pu établir si DKIM le soutient aussi : une réponse du DNS n’est pas venue.
   *[other] {" "}seul : DMARC réussit, mais { trace-part-dkim }. Un transfert suffit à rompre cet appui{ $policy ->
        [none] .
       *[other] , et la politique (`{ $tag }={ $published }`) s’applique alors.
    }
}
trace-verdict-fails = { $policy ->
    [reject] Ce message risque fort d’être refusé ou classé en indésirables, car { trace-part-dkim }, et { trace-part-spf-also } ; { $domain } demande alors le refus (`{ $tag }={ $published }`).
    [quarantine] Ce message risque fort d’être classé en indésirables, car { trace-part-dkim }, et { trace-part-spf-also } ; { $domain } le demande alors (`{ $tag }={ $published }`{ $testing ->
        [yes] , abaissé par `t=y`
       *[no] {""}
    }).{ $testing ->
        [yes] {" "}Bien des destinataires suivent encore la RFC 7489 : ils ignorent `t=y`, et refusent.
       *[no] {""}
    }
   *[none] Rien ne rattache ce message à { $domain } : personne ne demande son refus, mais certains destinataires classent de tels messages en indésirables ; DMARC échoue, car { trace-part-dkim }, et { trace-part-spf-also }.{ $testing ->
        [yes] {" "}Bien des destinataires suivent encore la RFC 7489 : ils ignorent `t=y`, et le classent en indésirables (`{ $tag }={ $published }`).
       *[no] {""}
    }
}
trace-verdict-readings-differ = Ce message passe chez les destinataires qui suivent la { $passes } et échoue chez ceux qui suivent la { $fails } : les deux ne rattachent pas les mêmes noms à l’organisation de { $domain }.
trace-verdict-no-policy = Aucun enregistrement DMARC ne s’applique à { $domain } : DMARC ne dit donc rien de ce message. { $legs ->
    [both] SPF et DKIM prouvent tous deux d’où il vient.
    [dkim] Sa signature DKIM prouve d’où il vient.
    [spf] SPF prouve d’où il vient.
    [none] Rien d’autre ne le prouve : { trace-part-dkim }, et { trace-part-spf-also }.
   *[unknown] On n’a pas pu établir si SPF ou DKIM prouvent d’où il vient.
}
trace-verdict-no-author = { $problem ->
    [no-from] Ce message n’a pas de champ From : il n’y a pas d’auteur dont le domaine puisse être vérifié, et beaucoup de destinataires refusent de tels messages. Si ce n’est qu’un morceau du message, ou ce qu’en affiche votre messagerie, donnez sa source entière.
    [several-from] Ce message a plusieurs champs From : personne ne peut dire lequel verront les lecteurs, DMARC ne peut pas être appliqué, et beaucoup de destinataires refusent de tels messages.
    [several-domains] Le champ From de ce message nomme des auteurs de plusieurs domaines : DMARC s’applique à un seul, et beaucoup de destinataires refusent de tels messages.
   *[no-address] Le champ From de ce message ne contient pas d’adresse lisible : DMARC ne peut pas être appliqué, et beaucoup de destinataires refusent de tels messages.
}
trace-verdict-unknown = On n’a pas pu établir si ce message réussit DMARC pour { $domain } : { $open ->
    [no-answer] une réponse du DNS dont cela dépend n’est pas venue. Cela ne dit rien contre le message.
    [no-body] seul son en-tête est ici, et sa signature porte aussi sur le corps.
    [over-limit] { trace-part-dkim }, et l’une de celles qui ont été laissées de côté peut compter.
    [both] seul son en-tête est ici, alors que sa signature porte aussi sur le corps, et SPF n’a pas pu être évalué : { trace-part-unevaluated }.
   *[unevaluated] { trace-part-dkim }, et SPF n’a pas pu être évalué : { trace-part-unevaluated }.
}

## Parties de phrases. $dkim, $spf : pourquoi chacun ne compte pas.

trace-part-dkim = { $dkim ->
    [no-signature] il ne porte pas de signature DKIM
    [foreign] sa signature est faite au nom d’un autre domaine ({ $dkim_domain })
    [foreign-failed] sa signature est faite au nom d’un autre domaine ({ $dkim_domain }), et elle ne réussit pas non plus
    [strict] `adkim=s` empêche sa signature, faite au nom de { $dkim_domain }, de compter
    [apart] sa signature, faite au nom de { $dkim_domain }, compte pour une autre organisation
    [body-changed] sa signature échoue : le corps a été modifié après la signature
    [body-too-short] sa signature échoue : une partie du corps signé a été coupée
    [header-changed] sa signature échoue : l’en-tête a été modifié après la signature, ou une autre clé a signé
    [no-key] aucune clé ne se trouve au nom que donne sa signature ({ $selector }._domainkey.{ $dkim_domain })
    [revoked] la clé de sa signature a été retirée
    [bad-key] la clé de sa signature est inutilisable
    [key-too-short] la clé de sa signature est trop courte pour être acceptée
    [key-type-mismatch] la clé de sa signature est d’un autre type que la signature
    [hash-not-allowed] la clé de sa signature exclut le procédé employé pour signer
    [service-not-allowed] la clé de sa signature exclut le courrier
    [sha1] sa signature emploie SHA-1, que les destinataires ne doivent pas accepter
    [expired] sa signature a expiré
    [from-future] sa signature porte une heure à venir
    [no-answer] la clé de sa signature n’a pas pu être obtenue, faute de réponse du DNS
    [no-body] sa signature porte sur le corps, qui n’est pas ici
    [over-limit] il porte plus de signatures qu’on n’en examine
    [counts] sa signature compte
    [unknown] on n’a pas pu établir si sa signature compte
   *[other] sa signature n’est pas conforme et ne peut donc pas être vérifiée
}
trace-part-spf = { $identity ->
    [helo] { $spf ->
        [foreign] L’adresse de retour est vide, et le nom du serveur d’envoi (HELO, { $mail_from }) est celui d’un autre domaine
        [strict] `aspf=s` empêche le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide, de compter
        [apart] Le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide, compte pour une autre organisation
        [not-authorised] SPF ne réussit pas pour le nom du serveur d’envoi (HELO, { $mail_from } : `{ $spf_result }`), qui tient lieu de l’adresse de retour vide
        [unanswered] Le DNS n’a pas dit si SPF réussit pour le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide
        [unevaluated] SPF n’a pas pu être évalué
        [counts] Le nom du serveur d’envoi (HELO) compte
       *[unknown] On n’a pas pu établir si le nom du serveur d’envoi (HELO) compte
    }
   *[other] { $spf ->
        [foreign] L’adresse de retour ({ $mail_from }) est celle d’un autre domaine
        [strict] `aspf=s` empêche l’adresse de retour ({ $mail_from }) de compter
        [apart] L’adresse de retour ({ $mail_from }) compte pour une autre organisation
        [not-authorised] SPF ne réussit pas pour l’adresse de retour ({ $mail_from } : `{ $spf_result }`)
        [unanswered] Le DNS n’a pas dit si SPF réussit pour l’adresse de retour ({ $mail_from })
        [unevaluated] SPF n’a pas pu être évalué
        [counts] L’adresse de retour compte
       *[unknown] On n’a pas pu établir si l’adresse de retour compte
    }
}
trace-part-spf-also = { $identity ->
    [helo] { $spf ->
        [foreign] l’adresse de retour est vide, et le nom du serveur d’envoi (HELO, { $mail_from }) est celui d’un autre domaine
        [strict] `aspf=s` empêche le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide, de compter
        [apart] le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide, compte pour une autre organisation
        [not-authorised] SPF ne réussit pas pour le nom du serveur d’envoi (HELO, { $mail_from } : `{ $spf_result }`), qui tient lieu de l’adresse de retour vide
        [unanswered] le DNS n’a pas dit si SPF réussit pour le nom du serveur d’envoi (HELO, { $mail_from }), qui tient lieu de l’adresse de retour vide
        [unevaluated] SPF n’a pas pu être évalué
        [counts] le nom du serveur d’envoi (HELO) compte
       *[unknown] on n’a pas pu établir si le nom du serveur d’envoi (HELO) compte
    }
   *[other] { $spf ->
        [foreign] l’adresse de retour ({ $mail_from }) est celle d’un autre domaine
        [strict] `aspf=s` empêche l’adresse de retour ({ $mail_from }) de compter
        [apart] l’adresse de retour ({ $mail_from }) compte pour une autre organisation
        [not-authorised] SPF ne réussit pas pour l’adresse de retour ({ $mail_from } : `{ $spf_result }`)
        [unanswered] le DNS n’a pas dit si SPF réussit pour l’adresse de retour ({ $mail_from })
        [unevaluated] SPF n’a pas pu être évalué
        [counts] l’adresse de retour compte
       *[unknown] on n’a pas pu établir si l’adresse de retour compte
    }
}
trace-part-unevaluated = { $unevaluated ->
    [no-client] l’adresse du serveur d’envoi n’est pas connue
    [no-mail-from] l’adresse de retour (MAIL FROM) n’est pas connue
   *[no-helo] l’adresse de retour est vide, et le nom du serveur d’envoi (HELO) n’est pas connu
}

## Que faire d’abord.

trace-first-one-domain = N’écrivez dans From qu’un auteur, ou que des auteurs d’un même domaine ; nommez dans Sender la personne qui envoie le message pour eux.
trace-first-one-from = Faites en sorte que le programme qui a rédigé ce message y mette un seul champ From, avec une seule adresse.
trace-first-rsa-beside = Signez en plus avec une clé RSA, sous un sélecteur à elle.
trace-first-return-path = Si le service le permet, configurez une adresse de retour dans un sous-domaine de { $domain } : SPF devient alors un second appui.
trace-first-return-path-strict = Retirez `aspf=s` de la politique et rien d’autre, si l’adresse de retour doit servir de second appui. L’alignement strict peut être voulu : laissez-le alors.
trace-first-authorise = Un transfert suffit à faire échouer SPF. Si le message est venu directement, ajoutez le serveur d’envoi à l’enregistrement SPF de { $mail_from }, s’il a le droit d’envoyer sous ce nom.
trace-first-state-client = Indiquez quel serveur a remis le message, et avec quelle adresse de retour ; les champs Received et Return-Path d’un message tel qu’il a été reçu montrent les deux.
trace-first-one-organization = Publiez un enregistrement DMARC au domaine de l’organisation et à { $domain } même, pour que les deux documents trouvent les mêmes noms.
trace-first-publish-policy = Publiez un enregistrement DMARC à _dmarc.{ $domain } ; `v=DMARC1; p=none; rua=mailto:…` ne change encore rien et apporte des rapports.
trace-first-whole-message = Donnez le message entier, en-tête et corps, tel qu’il a été reçu.
trace-first-bounce = Ce message rapporte ce qu’un autre est devenu : donnez-le à la lecture des messages de non-remise (`garant bounce`, page /bounce), qui dit pourquoi et que faire. La suite ne juge que le rapport lui-même.
trace-first-not-asked = Une réponse du DNS n’a été demandée à personne : relancez sans `--offline` ni `--replay`, ou donnez aussi la zone qui manque (`--zone`).
trace-first-ask-again = Redemandez dans quelques minutes.
trace-first-sign =
    { $legs ->
        [none] Si ce message vient bien de chez vous, faites-le signer par DKIM au nom de { $domain }, et publiez la clé que le service d’envoi vous donne. S’il ne vient pas de vous, c’est une usurpation : { $policy ->
            [none] seule une politique plus stricte que `none` la fera écarter.
           *[other] la politique demande déjà de l’écarter, et il n’y a rien à changer.
        }
       *[other] Faites signer ces messages par DKIM au nom de { $domain }, et publiez la clé que le service d’envoi vous donne.
    }
trace-first-sign-own =
    { $legs ->
        [none] Si vous employez le service qui envoie ces messages, activez dans ses réglages l’authentification de { $domain }, pour qu’il signe au nom de { $domain }, et publiez les enregistrements qu’il affiche alors. Si ces messages ne viennent pas de vous, c’est une usurpation : { $policy ->
            [none] seule une politique plus stricte que `none` la fera écarter.
           *[other] la politique demande déjà de l’écarter, et il n’y a rien à changer.
        }
       *[other] Activez l’authentification de { $domain } dans les réglages du service qui envoie ces messages, pour qu’il signe au nom de { $domain }, et publiez les enregistrements qu’il affiche alors.
    }
trace-first-sign-strict = Faites signer ces messages au nom de { $domain } même. Si ce n’est pas possible, retirez `adkim=s` et rien d’autre.
trace-first-publish-key = Publiez la clé à { $selector }._domainkey.{ $dkim_domain }, avec la valeur que le service d’envoi vous donne.
trace-first-renew-key = La clé de { $selector }._domainkey.{ $dkim_domain } a été retirée : ne la publiez pas de nouveau. Demandez au service d’envoi une nouvelle clé, ou le sélecteur avec lequel il signe à présent.
trace-first-own-address = Écrivez avec une adresse de votre propre domaine, et faites signer ce domaine ; seul le fournisseur de { $domain } peut signer pour ses adresses. Sinon, envoyez par sa messagerie.
trace-first-repair-key = Corrigez la clé à { $selector }._domainkey.{ $dkim_domain } ; la vérification du domaine montre ce qui ne va pas.
trace-first-longer-key = Signez avec une clé de 2 048 bits, sous un autre sélecteur.
trace-first-sha256 = Faites employer rsa-sha256 au programme qui signe, au lieu de rsa-sha1.
trace-first-unchanged = Rien à changer dans le DNS : cherchez ce qui a modifié le message après la signature. Le plus souvent, c’est une liste de diffusion qui ajoute un pied de page, une passerelle qui marque l’objet ou les liens, ou un programme qui signe trop tôt.
trace-first-signing-time = Réglez l’horloge du serveur qui signe, ou donnez aux signatures une durée plus longue.
trace-first-signer = Corrigez les réglages du programme qui signe : sa signature n’est pas conforme.

## Pourquoi une signature ne réussit pas.

trace-failure-malformed = le champ est illisible
trace-failure-tag-absent = la balise `{ $detail }=` n’y est pas
trace-failure-tag-invalid = la balise `{ $detail }=` a une valeur interdite
trace-failure-unknown-algorithm = son algorithme n’est pas connu
trace-failure-sha1 = elle emploie SHA-1, que les destinataires ne doivent pas accepter
trace-failure-from-not-signed = elle ne porte pas sur le champ From
trace-failure-identity-outside-domain = son `i=` n’est pas dans son `d=`
trace-failure-identity-beneath-domain = son `i=` est un sous-domaine de son `d=`, ce que la clé interdit (`t=s`)
trace-failure-expired = elle a expiré
trace-failure-from-future = elle porte une heure à venir
trace-failure-body-too-short = une partie du corps signé a été coupée
trace-failure-body-changed = le corps a été modifié après la signature
trace-failure-header-changed = l’en-tête a été modifié après la signature, ou une autre clé a signé
trace-failure-no-key = aucune clé ne s’y trouve
trace-failure-bad-key = ce qui s’y trouve n’est pas utilisable comme clé
trace-failure-revoked = la clé a été révoquée (`p=` est vide)
trace-failure-key-too-short = la clé a { $detail } bits, moins que les 1 024 exigés
trace-failure-key-type-mismatch = la clé est d’un autre type que la signature
trace-failure-hash-not-allowed = la clé exclut le procédé employé pour signer (`h=`)
trace-failure-service-not-allowed = la clé exclut le courrier (`s=`)
trace-failure-no-answer = le DNS n’a pas répondu
trace-failure-over-limit = il y a trop de signatures ; celle-ci n’a pas été examinée
trace-failure-author = le message n’a pas d’auteur unique au nom duquel elle pourrait parler

## Ce qui a été fait d’un message après sa signature.

trace-change-header-intact = les champs d’en-tête signés sont restés tels quels
trace-change-footer = { $detail } octets ont été ajoutés à la fin, comme le pied de page d’une liste de diffusion ou d’une passerelle
trace-change-banner = { $detail } octets ont été ajoutés en tête, comme l’avertissement d’une passerelle
trace-change-part-added = une partie a été ajoutée, comme le pied de page d’une liste de diffusion
trace-change-wrapped = le message a été enveloppé comme une partie d’un nouveau message
trace-change-from-escaped = `>` a été mis devant les lignes qui commencent par « From », comme le veulent les fichiers de boîtes aux lettres
trace-change-dots-doubled = les lignes qui commencent par un point en ont reçu un second
trace-change-white-space = des espaces ont été ajoutés
trace-change-line-ends = les fins de ligne ont été changées
trace-change-re-encoded = le corps a reçu un autre encodage de transfert
trace-change-subject-tag = la marque « { $detail } » a été mise dans l’objet
trace-change-from-rewritten = l’auteur a été remplacé ; c’était peut-être { $detail }
trace-change-field-added = le champ { $detail } a été ajouté
trace-change-field-replaced = le champ { $detail } a été remplacé
trace-change-copy-differs = le champ { $detail } n’est pas tel que le signataire l’a copié
trace-change-mailing-list = une liste de diffusion a fait suivre le message{ $detail ->
    [none] {""}
   *[other] {" "}({ $detail })
}
trace-change-resent = quelqu’un a fait suivre le message (champs Resent)
trace-changes-computed = Ce qui lui a été fait, comme le prouve l’essai de le défaire
trace-changes-typical = Ce que montre par ailleurs le message

## Pourquoi une chaîne ARC est rompue. $instance : le maillon.

trace-arc-failure-too-many-sets = elle a trop de maillons
trace-arc-failure-no-instance = un de ses champs ne dit pas à quel maillon il appartient
trace-arc-failure-sealed-as-failed = le dernier serveur qui l’a scellée dit qu’elle était déjà rompue
trace-arc-failure-field-absent = il manque un champ au maillon { $instance }
trace-arc-failure-field-twice = le maillon { $instance } a deux fois le même champ
trace-arc-failure-chain-value = le maillon { $instance } ne dit pas correctement ce qu’était la chaîne avant lui
trace-arc-failure-message-signature = le message a été modifié après l’ajout du maillon { $instance }, ou la clé de ce maillon est inutilisable
trace-arc-failure-seal = le sceau du maillon { $instance } ne tient pas

## Pourquoi SPF aboutit à son résultat.

trace-spf-reason-not-a-domain = le nom n’est pas un domaine
trace-spf-reason-no-record = { $decided_by } n’a pas d’enregistrement SPF
trace-spf-reason-matched = `{ $term }` dans l’enregistrement de { $decided_by } s’applique à cette adresse
trace-spf-reason-no-match = rien dans l’enregistrement de { $decided_by } ne s’applique à cette adresse
trace-spf-reason-multiple-records = { $decided_by } a plusieurs enregistrements SPF
trace-spf-reason-syntax = `{ $term }` dans l’enregistrement de { $decided_by } est illisible
trace-spf-reason-include-without-record = `{ $term }` dans l’enregistrement de { $decided_by } nomme un domaine sans enregistrement SPF
trace-spf-reason-redirect-without-record = `{ $term }` dans l’enregistrement de { $decided_by } mène à un domaine sans enregistrement SPF
trace-spf-reason-too-many-lookups = il demande plus de 10 recherches DNS, à partir de `{ $term }` de { $decided_by }
trace-spf-reason-too-many-voids = plus de 2 de ses recherches DNS ne trouvent rien, à partir de `{ $term }` de { $decided_by }
trace-spf-reason-too-many-exchanges = `{ $term }` dans l’enregistrement de { $decided_by } rencontre plus de 10 serveurs de réception
trace-spf-reason-no-answer = le DNS n’a pas répondu à une question sur { $decided_by }

## Pourquoi ce que dit le message de son serveur d’envoi peut être inexact.

trace-doubt-no-received = Le message n’a pas de champ Received.
trace-doubt-receiver-not-found = Aucun champ Received n’est du destinataire que vous avez nommé.
trace-doubt-no-public-client = Aucun champ Received ne nomme un serveur venu de l’extérieur.
trace-doubt-receiver-unnamed = Le serveur de réception ne dit pas son nom complet : ses champs ne se distinguent pas de ceux des autres.
trace-doubt-same-organization = D’après son nom, le serveur d’envoi appartient au destinataire lui-même.
trace-doubt-submission = Le serveur a demandé un mot de passe : il s’agit de la personne qui a écrit le message, et SPF ne la concerne pas.
trace-doubt-disagreement = Les champs du destinataire nomment des serveurs d’envoi différents.

## Les étapes. Le titre, et ce qui en est sorti.

trace-author = Qui a écrit le message
    .text = { $problem ->
        [no-from] Il n’y a pas de champ From, donc pas de domaine de l’auteur.
        [several-from] { $count } champs From se trouvent dans le message ; un seul est permis. Personne ne peut dire lequel voient les lecteurs : DMARC n’est pas appliqué.
        [no-address] Le champ From ne contient pas d’adresse lisible : il n’y a pas de domaine de l’auteur.
        [several-domains] From nomme { $address }, dans plusieurs domaines. DMARC s’applique à un seul : il n’est pas appliqué.
       *[none] From dit { $address } : le domaine à prouver est donc { $domain } (domaine de l’auteur).
    }
trace-connection = Qui l’a remis
    .text = { $ip ->
        [none] L’adresse du serveur d’envoi n’est pas connue
       *[other] Le serveur d’envoi a l’adresse { $ip }
    }{ $helo ->
        [none] {""}
       *[other] , il s’est nommé { $helo }
    } ; { $mail_from ->
        [none] l’adresse de retour (MAIL FROM) n’est pas connue.
       *[other] l’adresse de retour (MAIL FROM) est { $mail_from }.
    }
trace-spf = SPF : ce serveur peut-il employer cette adresse de retour ?
    .text = { $unevaluated ->
        [no] { $identity ->
            [helo] L’adresse de retour est vide : la question porte sur le nom du serveur, { $mail_from }.
           *[other] La question est de savoir si { $ip } peut envoyer pour { $mail_from }.
        } Le résultat est `{ $result }` : { $why }.
       *[other] SPF n’a pas été évalué, car { $why }. Ce n’est pas un échec.
    }
trace-no-signature = DKIM : pas de signature
    .text = Le message ne porte pas de champ DKIM-Signature : DKIM ne prouve rien.
trace-signature = { $dkim_domain ->
        [none] DKIM : une signature qui ne nomme aucun domaine
       *[other] DKIM : une signature de { $dkim_domain }
    }
    .text = { $failure ->
        [none] Le champ dit : signé au nom de { $dkim_domain }, avec la clé { $selector }, par { $algorithm }, sur { $fields }.{ $expired_since ->
            [yes] {" "}Elle a expiré depuis ; elle a été jugée au moment où le message a été reçu.
           *[no] {""}
        }
       *[other] La signature ne compte pas : { $why }.
    }
trace-key = DKIM : sa clé
    .text = { $failure ->
        [none] La clé se trouve à { $key_name } : { $key_algorithm }, { $bits } bits.{ $testing ->
            [yes] {" "}Son propriétaire fait des essais (`t=y`) : certains destinataires prennent de tels messages pour non signés.
           *[no] {""}
        }
       *[other] À { $key_name } : { $why }.
    }
trace-body-hash = DKIM : le corps
    .text = { $known ->
        [no] Seul l’en-tête est ici : on ne peut pas savoir si le corps est celui qui a été signé. Ce n’est pas un échec.
       *[yes] { $failure ->
            [none] L’empreinte du corps est celle qui a été signée : le corps n’a pas été modifié.{ $octets ->
                [0] {""}
               *[other] {" "}Mais la signature laisse de côté les { $octets } derniers octets (`l=`) : n’importe qui a pu les ajouter.
            }
           *[other] L’empreinte du corps n’est pas celle qui a été signée : { $why }.
        }
    }
trace-header-signature = DKIM : la signature de l’en-tête
    .text = { $failure ->
        [none] La clé convient, et les champs signés n’ont pas été modifiés : DKIM réussit pour { $dkim_domain }.
       *[other] DKIM ne réussit pas pour { $dkim_domain } : { $why }.
    }
trace-signatures-left = DKIM : les autres signatures
    .text = Le message porte plus de signatures qu’on n’en examine ; celles du dessous ont été laissées de côté.
trace-policy = DMARC : quelle politique s’applique
    .text = { $result ->
        [found] L’enregistrement de { $policy_domain } s’applique à { $domain }, par sa balise `{ $tag }` : { trace-part-policy }{ $testing ->
            [yes] . `t=y` l’abaisse d’un degré, à `{ $applied }`.
           *[no] .
        }
        [none] Aucun enregistrement DMARC ne s’applique à { $domain } : rien n’est demandé aux destinataires.
        [permerror] Sans auteur unique, il n’y a pas de politique à chercher.
       *[temperror] On n’a pas pu établir quelle politique s’applique à { $domain } : le DNS n’a pas répondu.
    }
trace-policy-older = DMARC : quelle politique s’applique selon la RFC 7489
    .text = { $result ->
        [found] Les destinataires qui suivent encore la RFC 7489 trouvent l’enregistrement de { $policy_domain }, balise `{ $tag }` : { trace-part-policy }{ $share ->
            [100] .
           *[other] , pour { $share } % des messages qui échouent.
        }
        [none] Les destinataires qui suivent encore la RFC 7489 ne trouvent pas d’enregistrement.
        [permerror] Sans auteur unique, il n’y a pas de politique à chercher.
       *[temperror] On n’a pas pu établir ce que trouvent les destinataires qui suivent encore la RFC 7489 : le DNS n’a pas répondu.
    }
trace-part-policy = { $policy ->
    [reject] refuser ce qui échoue (`reject`)
    [quarantine] traiter ce qui échoue comme indésirable (`quarantine`)
   *[none] ne rien faire, seulement rendre compte (`none`)
}
trace-spf-alignment = DMARC : l’adresse de retour est-elle de l’auteur ?
    .text = { trace-part-comparison }{ $relation ->
        [foreign] {""}
       *[other] { $counts ->
            [yes] {" "}SPF compte pour DMARC.
            [no] { $relation ->
                [strict] {""}
                [apart] {""}
               *[other] {" "}Mais SPF n’y réussit pas : elle ne compte pas.
            }
           *[unknown] {" "}Savoir si elle compte dépend de SPF, qui n’a pas pu être établi.
        }
    }
trace-dkim-alignment = DMARC : la signature est-elle de l’auteur ?
    .text = { trace-part-comparison }{ $relation ->
        [foreign] {""}
       *[other] { $counts ->
            [yes] {" "}DKIM compte pour DMARC.
            [no] { $relation ->
                [strict] {""}
                [apart] {""}
               *[other] {" "}Mais la signature ne réussit pas : elle ne compte pas.
            }
           *[unknown] {" "}Savoir si elle compte dépend de la signature, qui n’a pas pu être jugée.
        }
    }
trace-part-comparison = { $relation ->
    [same] { $identifier } est le nom même du domaine de l’auteur : aligné.
    [kin] { $identifier } et { $domain } sont d’une même organisation{ $author_organization ->
        [none] {""}
       *[other] {" "}({ $author_organization })
    } : aligné, car la politique n’en demande pas plus (alignement { $mode ->
        [strict] strict
       *[relaxed] souple
    }).
    [strict] { $identifier } est de la même organisation, mais la politique exige le nom { $domain } lui-même (alignement strict) : non aligné.
    [apart] { $identifier } semble de la même organisation que { $domain }, mais le parcours du DNS que décrit la RFC 9989 en fait une autre : non aligné.
    [foreign] { $identifier } est d’une autre organisation que { $domain } : non aligné, quel que soit son propre résultat.
   *[unknown] On n’a pas pu établir si { $identifier } et { $domain } sont d’une même organisation.
}{ $differs ->
    [yes] {" "}Selon la RFC 7489, c’est l’inverse.
   *[no] {""}
}
trace-dmarc = DMARC : le résultat
    .text = { trace-part-dmarc }
trace-dmarc-older = DMARC : le résultat selon la RFC 7489
    .text = Bien des destinataires suivent encore la RFC 7489. { trace-part-dmarc }
trace-part-dmarc = { $result ->
    [pass] DMARC réussit pour { $domain } : { $spf ->
        [yes] { $dkim ->
            [yes] SPF et DKIM comptent tous deux.
           *[other] SPF compte.
        }
       *[other] DKIM compte.
    }
    [fail] DMARC échoue pour { $domain } : ni SPF ni DKIM ne comptent.
    [none] DMARC ne s’applique pas à { $domain } : il n’y a pas de politique.
    [permerror] DMARC ne peut pas être appliqué sans auteur unique.
    [temperror] DMARC ne réussit ni n’échoue pour { $domain } : une réponse du DNS dont cela dépend n’est pas venue.
   *[unknown] DMARC pour { $domain } n’a pas pu être établi : ce qui en décide n’est pas connu.
}
trace-disposition = Ce que la politique fait faire aux destinataires
    .text = { $result ->
        [pass] Rien : le message réussit. La politique ne concerne que ce qui échoue.
        [none] Rien : il n’y a pas de politique.
        [fail] { $policy ->
            [reject] La politique demande le refus. Un destinataire ne doit pas refuser pour cette seule raison : le message est donc refusé, ou classé en indésirables.
            [quarantine] La politique demande de traiter le message comme indésirable.
           *[none] La politique ne demande rien ; les règles propres d’un destinataire le peuvent.
        }
        [permerror] La politique ne peut pas être appliquée ; les destinataires suivent leurs propres règles, et beaucoup refusent de tels messages.
       *[unknown] Cela dépend de ce qui n’a pas pu être établi.
    }
trace-arc = ARC : ce dont répondent les serveurs précédents
    .text = { $result ->
        [none] Le message ne porte pas de chaîne ARC.
        [pass] La chaîne de { $count ->
            [one] un maillon
           *[other] { $count } maillons
        } est intacte ; { $sealer } l’a scellée en dernier. Seuls les destinataires qui font confiance à ceux qui l’ont scellée croient ce qu’elle affirme.
        [fail] La chaîne est rompue : { $why }. Les destinataires ne tiennent pas compte de ce qu’elle affirme.
       *[unknown] On n’a pas pu établir si la chaîne est intacte.
    }
trace-arc-set = ARC : { $sealer ->
        [none] le maillon { $instance }
       *[other] le maillon { $instance }, de { $sealer }
    }
    .text = { $said ->
        [none] Il n’énonce aucun résultat de SPF, DKIM ou DMARC.
       *[other] Il dit avoir constaté, à l’arrivée du message : { $said }.
    } { $before ->
        [none] Il n’y avait pas de chaîne avant lui.
        [pass] Il dit avoir trouvé intacte la chaîne qui le précède.
        [fail] Il dit avoir trouvé rompue la chaîne qui le précède, ce qui met fin à la chaîne.
       *[unknown] Il ne dit pas correctement ce qu’était la chaîne avant lui.
    } { $seal ->
        [yes] Son sceau tient{ $message ->
            [yes] , et le message est tel qu’il était alors.
            [no] , mais le message a été modifié depuis.
           *[unknown] .
        }
        [no] Son sceau ne tient pas : ce qu’il dit ne vaut rien.
       *[unknown] Son sceau n’a pas été vérifié.
    }{ $trusted ->
        [yes] {" "}Vous l’avez dit de confiance.
       *[no] {""}
    }
trace-arc-trust = ARC : ce que vaut la chaîne
    .text = { $result ->
        [silent] Rien de ce que disent ses maillons ne parle pour { $domain ->
            [none] un auteur unique
           *[other] { $domain }
        } : un destinataire n’y trouve aucune raison de remettre le message, même s’il fait confiance à ceux qui l’ont scellée.
        [nobody] { trace-part-arc-found } Vous n’avez dit de confiance aucun de ceux qui l’ont scellée{ $dmarc ->
            [fail] . Un destinataire qui fait confiance à { $needed } peut remettre le message bien que DMARC échoue ; DMARC n’en réussit pas pour autant.
            [pass] , et il n’en faut pas : DMARC réussit.
           *[other] . Un destinataire qui fait confiance à { $needed } peut s’en servir là où DMARC ne réussit pas.
        }
        [strangers] { trace-part-arc-found } Mais vous n’avez pas dit de confiance tous ceux qui en répondent : il manque { $strangers }. On ne s’en sert donc pas.
       *[vouched] { trace-part-arc-found } Vous avez dit de confiance tous ceux qui en répondent{ $overrides ->
            [yes]  : ce destinataire s’en servirait et remettrait le message, bien que DMARC échoue et que la politique demande { $policy ->
                [reject] le refus
               *[quarantine] le classement en indésirable
            }. DMARC a échoué malgré tout ; dans son rapport, le destinataire en donne la raison : `local_policy`, avec le commentaire `{ $reason }`.
           *[no] { $dmarc ->
                [pass] . Il n’en est pas besoin : DMARC réussit.
                [fail] . Il n’y a rien à lever : la politique ne demande rien.
               *[other]  : ce destinataire peut s’en servir là où DMARC ne réussit pas.
            }
        }
    }
trace-part-arc-found = Le maillon { $instance } dit que { $method ->
    [dmarc] DMARC
    [dkim] DKIM
   *[spf] SPF
} a réussi pour { $domain }.
trace-results = Ce qu’un serveur a écrit de sa propre vérification
    .text = { $trusted ->
        [yes] { $who } a écrit : { $said ->
            [none] aucun résultat
           *[other] { $said }
        }. C’est le destinataire que vous avez nommé : on le croit.
       *[no] { $who ->
            [none] Un champ qui ne dit pas correctement qui l’a écrit énonce
           *[other] { $who } aurait écrit
        } : { $said ->
            [none] aucun résultat
           *[other] { $said }
        }. N’importe qui peut écrire un tel champ : on le montre sans le croire.
    }
trace-difference = En quoi cela diffère de ce qui est trouvé maintenant
    .text = { $who ->
        [none] Un serveur que l’on ne peut pas nommer
       *[other] { $who }
    } dit { $method }={ $theirs }{ $identifier ->
        [none] {""}
       *[other] {" "}pour { $identifier }
    } ; c’est maintenant { $ours }. { $why }
trace-receivers = Ce qu’en font les grands destinataires
    .text = Selon leurs règles publiées, parmi ceux que nous connaissons : rien contre, { $deliver } ; classé en indésirables, { $spam } ; refusé ou classé en indésirables, { $refuse }{ $unknown ->
        [0] .
       *[other]  ; non établi, { $unknown }.
    }
trace-via = Ce que Gmail affiche à côté du nom
    .text = { $reason ->
        [leg] En général rien : l’adresse de retour ou la signature est de { $domain }.
        [mismatch] En général « via { $via } » : ni l’adresse de retour ni la signature ne sont de { $domain }. Une signature au nom de { $domain } le fait en général disparaître.
        [unauthenticated] Rien ne prouve d’où vient le message. Gmail le signale alors, en général par un point d’interrogation à la place de l’image.
        [no-author] Impossible à dire sans auteur unique.
       *[unknown] Cela n’a pas pu être établi.
    }
trace-on-behalf-of = Ce qu’Outlook affiche à côté du nom
    .text = Outlook affiche en général « { $sender } de la part de { $author } », parce que le champ Sender nomme une autre adresse. Il suffit, pour que cela disparaisse, que le service d’envoi n’écrive pas ce champ.

## Ce qui explique une différence.

trace-difference-signature-removed = Cette signature n’est plus dans le message.
trace-difference-body-changed = Le corps a été modifié après cette vérification.
trace-difference-header-changed = L’en-tête a été modifié après cette vérification.
trace-difference-key-removed = La clé a été retirée du DNS depuis.
trace-difference-key-revoked = La clé a été révoquée depuis.
trace-difference-expired = La signature a expiré depuis.
trace-difference-passes-now = Elle réussit maintenant : l’enregistrement a été corrigé depuis, ou l’autre vérification portait sur un message modifié.
trace-difference-other-identity = Il s’agissait d’une autre adresse de retour, comme après un transfert.
trace-difference-client-or-record = Il s’agissait d’un autre serveur, ou l’enregistrement a été modifié depuis.
trace-difference-other-document = Il suit l’autre des deux documents sur DMARC.
trace-difference-follows = Cela découle des différences de SPF et de DKIM, ou la politique a été modifiée depuis.
trace-difference-other = Ce qui l’explique n’est pas connu.

## Où une chose a été lue.

trace-origin-stated = comme vous l’avez indiqué
trace-origin-field = champ { $name }, le numéro { $index } à partir du haut
trace-origin-dns = le DNS, { $name }
trace-origin-computed = découle de ce qui précède

## Les parties du résultat.

trace-title = { $subject ->
    [none] Un message sans objet
   *[other] { $subject }
}
trace-message-line = { $domain ->
    [none] pas d’auteur unique
   *[other] { $domain }
}{ $date ->
    [none] {""}
   *[other] , { $date }
}
trace-heading-steps = Étape par étape
trace-heading-policies = Ce que deviendrait ce message sous chaque politique
trace-heading-receivers = Ce qu’en font les grands destinataires, d’après leurs règles publiées
trace-asked-met = { $count ->
    [0] Aucune de ces demandes n’est remplie.
    [one] Une de ces demandes est remplie.
   *[other] { $count } de ces demandes sont remplies.
}
trace-asked-elsewhere = { $count ->
    [one] Une autre ne se lit pas dans un message
   *[other] { $count } autres ne se lisent pas dans un message
} (plaintes, débit, habitudes) : garant receivers les donne toutes.
trace-heading-findings = Sur le message lui-même
trace-policy-line = { $policy ->
    [none] p=none
    [quarantine] p=quarantine
   *[reject] p=reject
}{ $applies ->
    [yes] {" "}(s’applique aujourd’hui)
   *[no] {""}
}
trace-outcome-deliver = rien ne s’y oppose
trace-outcome-spam = probablement classé en indésirables
trace-outcome-refuse = refusé, ou classé en indésirables : un destinataire ne doit pas refuser pour la seule politique
trace-outcome-unknown = n’a pas pu être établi
trace-label-read-at = lu dans
trace-label-asked = demandé
trace-label-organizations = organisations
trace-label-section = selon
trace-label-first = d’abord
trace-label-check = vérifier le domaine
trace-organizations = RFC 9989 : { $walk } ; RFC 7489 : { $list }
trace-organizations-pair = { $identifier ->
    [none] { $author ->
        [none] on ne connaît pas de domaine de l’organisation pour { $identifier_name } ni pour { $author_name }
       *[other] { $author } ; on ne connaît pas de domaine de l’organisation pour { $identifier_name }
    }
   *[other] { $author ->
        [none] { $identifier } ; on ne connaît pas de domaine de l’organisation pour { $author_name }
       *[other] { $identifier } et { $author }
    }
}
trace-asked-line = { $name } { $type } : { $answer }
trace-answer-nothing = { $status ->
    [nx-domain] ce nom n’existe pas
    [no-data] rien ne s’y trouve
    [serv-fail] le serveur signale une défaillance
    [refused] le serveur refuse de répondre
    [timeout] pas de réponse à temps
    [truncated] la réponse a été coupée
    [unreachable] aucun serveur n’a pu être joint
    [malformed] une réponse illisible
    [offline] non demandé, puisque personne n’est interrogé
    [not-recorded] non demandé : les réponses enregistrées ne le contiennent pas
    [over-budget] non demandé : trop de questions
   *[other] pas de réponse exploitable
}
trace-footer = { $count ->
    [one] une question DNS
   *[other] { $count } questions DNS
}, le { $time } UTC

## Fichiers qui ne peuvent pas être tracés.

error-trace-mailbox = { $path } est un fichier de boîte aux lettres, avec { $count } messages ; un seul peut être suivi. Enregistrez celui dont il s’agit au format .eml.
error-trace-empty = { $path } est vide : il n’y a pas de message.
error-trace-too-large = { $path } a plus de { $limit } Mo ; les messages plus grands ne sont pas lus, car aucun grand destinataire ne les accepte.
error-trace-too-many-fields = { $path } a plus de { $limit } champs d’en-tête. Aucun message honnête n’en a autant : il n’est pas lu.
error-trace-header-too-large = L’en-tête de { $path } dépasse { $limit } Mo. Aucun destinataire n’accepte un tel message : il n’est pas lu.
error-trace-no-header = { $path } ne commence pas par un champ d’en-tête : ce n’est pas un message tel que les serveurs se les transmettent. Ni ce qu’affiche une messagerie ni un fichier .msg d’Outlook n’en sont un. Enregistrez le message au format .eml (« télécharger l’original », « afficher la source »), et veillez à ce que ses premières lignes y soient.
error-trace-shown = { $path } est ce qu’affiche une messagerie, non le message tel que les serveurs se le transmettent : l’auteur y est au champ « { $name } », traduit de From, et le reste n’est plus sûr. Affichez la source du message (« afficher l’original », « source brute », Ctrl+U), et donnez-la entière.
error-trace-lines = Les fins de ligne de l’en-tête de { $path } ont été perdues ou changées en route : plus personne ne peut dire où finit un champ et où commence le suivant. C’est ce que font souvent une discussion en ligne ou un formulaire. Copiez de nouveau la source (« afficher l’original », Ctrl+U), ou enregistrez le message au format .eml, et donnez-le sans passer par eux.
error-trace-table = { $path } n’est que le tableau que Gmail affiche au-dessus d’un message : sa propre conclusion sur SPF, DKIM et DMARC, et non le message. La source est en dessous, sur la même page : cliquez sur « Copier dans le presse-papiers », et donnez-la entière.
error-trace-mail-from = { $input } n’est pas une adresse de retour : une adresse, un domaine, ou <> si elle est vide.
error-trace-helo = { $input } n’est pas un nom qu’un serveur puisse se donner.
error-trace-receiver = « { $input } » n’est ni le nom complet d’un serveur ni un destinataire connu. Sont connus : { $known }.
error-trace-sealer = « { $input } » n’est pas le domaine d’un sceau. Donnez le nom qui figure dans `d=` du champ ARC-Seal, comme lists.example.
error-trace-sealers-many = On peut nommer au plus { $limit } domaines de confiance.
error-trace-capture = { $path } ne contient pas de réponses de `garant trace --capture`.

cli-trace = Dit ce que SPF, DKIM, DMARC et ARC font d’un message, étape par étape
cli-trace-message = Le message, dans un fichier (.eml), ou - pour l’entrée standard
cli-trace-ip = L’adresse IP du serveur qui a remis le message
cli-trace-helo = Le nom qu’il s’est donné (HELO)
cli-trace-mail-from = L’adresse de retour (MAIL FROM) ; <> si elle était vide
cli-trace-receiver = Le serveur qui a reçu le message, ou un destinataire par son nom, comme gmail : on croit ses propres champs, et les résultats sont écrits en son nom
cli-trace-trust-sealer = Un domaine dont le destinataire croit les sceaux ARC, comme celui d’une liste de diffusion ; à répéter pour plusieurs
cli-trace-headers = Seul l’en-tête est donné : rien n’est dit du corps
cli-trace-format = Forme du résultat : text, json ou header (un champ Authentication-Results) ; text par défaut
