### Trajets : le courrier d’un service. Arguments partout : $domain, $name, $sender (vide si personne ne connaît le service).

finding-path-refused = { $cause ->
        [strict] L’alignement strict prive de tout appui les messages envoyés par { verdict-part-by }
       *[other] Les messages envoyés par { verdict-part-by } n’ont aucun appui
    }, et le domaine demande de les { $policy ->
        [quarantine] classer en indésirables
       *[reject] refuser
    }
    .why = { path-part-dkim } ; { path-part-spf }. Rien ne prouve donc aux destinataires que ces messages viennent de { $domain } : ils ressemblent à une usurpation, et la politique { $policy ->
        [quarantine] (`quarantine`) demande de les classer en indésirables
       *[reject] (`reject`) demande de les refuser ; certains destinataires les classent plutôt en indésirables
    }.
    .fix = { path-part-first } À défaut, suspendez cet envoi, ou confiez-le à un sous-domaine qui a son propre enregistrement `_dmarc`. N’abaissez pas la politique de tout le domaine pour un seul service.

finding-path-unauthenticated = { $cause ->
        [strict] L’alignement strict prive de tout appui les messages envoyés par { verdict-part-by }
       *[other] Les messages envoyés par { verdict-part-by } n’ont aucun appui
    }
    .why = { path-part-dkim } ; { path-part-spf }. Rien ne prouve donc aux destinataires que ces messages viennent de { $domain }. Rien ne demande de les écarter, mais certains destinataires, dont La Poste, les classent en indésirables, et ils échoueraient dès qu’une politique demanderait le refus.
    .fix = { path-part-first }

finding-path-no-key = { $records ->
        [yes] La clé DKIM avec laquelle { verdict-part-service } signe n’est pas à ses sélecteurs
       *[no] Aucune clé DKIM utilisable aux sélecteurs { verdict-part-of }
    }{ EMPTY($list) ->
        [yes] {""}
       *[no] {" "}({ $list })
    }
    .why = Sans sa clé à ces sélecteurs, aucune signature faite au nom de votre domaine ne peut être vérifiée. La signature est le meilleur appui : elle survit en général à un transfert, l’adresse de retour non.
    .fix = { $records ->
        [yes] La partie « { card-records } » nomme les enregistrements de cette clé et montre leur valeur : publiez-les sans les retoucher.
       *[no] Dans les réglages { verdict-part-of }, à la page d’authentification du domaine, relevez les enregistrements demandés et publiez-les chez votre hébergeur DNS, sans les retoucher.
    }

finding-path-selectors-unknown = Les sélecteurs DKIM { verdict-part-of } ne sont pas connus
    .why = { EMPTY($list) ->
        [yes] Ce service donne à chaque compte des sélecteurs différents, et les sélecteurs ne peuvent pas être énumérés.
       *[no] Rien n’a été trouvé aux sélecteurs habituels ({ $list }) ; votre compte peut en avoir d’autres, et les sélecteurs ne peuvent pas être énumérés.
    } Tant qu’ils ne sont pas nommés, on ne peut pas savoir si la clé est publiée.
    .fix = Relevez-les dans les réglages du service, ou dans l’en-tête DKIM-Signature d’un message reçu (balise `s=`), et redemandez avec `--signed-by { $domain }:SÉLECTEUR`.

finding-path-signature-not-aligned = { $alignment ->
        [strict] L’alignement strict (`adkim=s`) écarte la signature, faite au nom de { $dkim_domain }
       *[relaxed] La signature est faite au nom de { $dkim_domain }, ce qui ne prouve rien pour { $domain }
    }
    .why = { $alignment ->
        [strict] DMARC compare le domaine de signature (`d=`) à celui de l’adresse d’expédition affichée. Avec `adkim=s`, les deux noms doivent être identiques.
       *[relaxed] DMARC compare le domaine de signature (`d=`) à celui de l’adresse d’expédition affichée. Ces deux noms n’appartiennent pas à la même organisation, aussi la signature ne compte-t-elle pas, même valide.
    }
    .fix = { $alignment ->
        [strict] Demandez au service de signer au nom de { $domain } même. Si ce n’est pas possible, retirez `adkim=s` : l’alignement souple admet les sous-domaines.
       *[relaxed] Activez dans le service l’authentification de votre domaine, pour qu’il signe au nom de { $domain }, et publiez la clé qu’il vous donne.
    }

finding-path-return-path-foreign = { $relation ->
        [apart] L’adresse de retour ({ $mail_from }) compte pour une autre organisation que { $domain }
       *[foreign] { EMPTY($mail_from) ->
            [yes] L’adresse de retour est celle du service, et non de votre domaine
           *[no] L’adresse de retour ({ $mail_from }) n’appartient pas à votre domaine
        }
    }
    .why = SPF contrôle le domaine de l’adresse de retour (RFC5321.MailFrom), et DMARC le compare à { $domain }. { $relation ->
        [apart] Les enregistrements DMARC rencontrés en remontant les noms font de ces deux-là des organisations distinctes : SPF ne peut donc pas servir d’appui.
       *[foreign] Tant qu’il est d’une autre organisation, SPF ne peut pas servir d’appui, quoi que dise votre propre enregistrement SPF : y ajouter ce service n’y changerait rien.
    }
    .fix = Si { verdict-part-by } permet une adresse de retour dans votre domaine (souvent nommée « Return-Path », « bounce domain » ou « mail server domain »), configurez-la : vos messages auront un secours. Sinon la signature DKIM suffit ; rien à changer.

finding-path-return-path-strict = L’alignement strict (`aspf=s`) écarte l’adresse de retour ({ $mail_from })
    .why = Avec `aspf=s`, l’adresse de retour ne compte que si son domaine est exactement { $domain }. Celle-ci est dans un sous-domaine : SPF peut être valide, DMARC n’en tient pas compte.
    .fix = Si c’est voulu et que la signature DKIM compte, ne changez rien. Pour retrouver ce secours, retirez `aspf=s` : l’enregistrement devient `{ $fixed }`

finding-path-not-authorised = L’enregistrement SPF de { $mail_from } n’admet pas cet envoi (résultat : { $result })
    .why = { $result ->
        [none] Le domaine de l’adresse de retour n’a pas d’enregistrement SPF : ce contrôle ne peut donc pas servir d’appui.
        [permerror] L’enregistrement SPF du domaine de l’adresse de retour ne peut pas être évalué : personne n’est admis.
       *[other] Les destinataires demandent à l’enregistrement SPF de l’adresse de retour si ce serveur peut envoyer. Il répond non, ou ne dit rien.
    }
    .fix = { $result ->
        [permerror] Corrigez d’abord cet enregistrement ; les constats sur SPF disent comment.
       *[other] Si le service envoie vraiment avec cette adresse de retour, ajoutez à cet enregistrement, avant `all`, le terme que le service indique. Il n’en faut qu’un par nom.
    }

finding-path-dkim-only = Les messages envoyés par { verdict-part-by } ne tiennent qu’à leur signature DKIM
    .why = DMARC réussit, mais l’adresse de retour ne sert pas de secours. Ce qui modifie un message en route (liste de diffusion, antivirus) peut rompre sa signature, et il n’a alors plus d’appui.
    .fix = { $records ->
        [yes] La partie « { card-records } » nomme l’enregistrement de l’adresse de retour et montre ce qui doit s’y trouver : publiez-le.
       *[no] { $spf ->
            [foreign] Rien ne presse. Si le service permet une adresse de retour dans votre domaine, configurez-la.
           *[other] Rien ne presse. Le constat sur l’adresse de retour dit comment retrouver ce secours.
        }
    }

finding-path-spf-only = Les messages envoyés par { verdict-part-by } ne tiennent qu’à leur adresse de retour (SPF)
    .why = DMARC réussit, mais aucune signature ne sert de secours. Un transfert vers une autre boîte rompt en général SPF : le message n’a alors plus d’appui, et une politique ferme le fait refuser ou classer en indésirables. Un domaine qui demande le refus ne doit pas se fier à SPF seul (RFC 9989, section 8).
    .fix = { $dkim ->
        [no-key] { $records ->
            [yes] La partie « { card-records } » nomme les enregistrements de la clé DKIM et montre leur valeur : publiez-les.
           *[no] Publiez la clé DKIM que le service vous a donnée.
        }
       *[other] Faites signer le service au nom de { $domain } même ; le constat sur la signature en dit plus.
    }

finding-path-readings-differ = Les messages envoyés par { verdict-part-by } passent selon la { $passes } et échouent selon la { $fails }
    .why = Les deux documents ne cherchent pas de la même façon à quelle organisation un nom appartient : la RFC 7489 suit une liste de suffixes publics, la RFC 9989 suit les enregistrements DMARC en remontant les noms. Les destinataires passent de l’une à l’autre à leur rythme ; d’ici là, les mêmes messages sont acceptés ici et refusés là.
    .fix = Faites signer et revenir ces messages au nom de { $domain } même : des noms identiques sont alignés dans les deux lectures. Ou publiez un enregistrement DMARC au domaine de votre organisation, sans balise `psd`.

finding-path-receiver-stricter = { $receiver } demande plus que DMARC aux messages envoyés par { verdict-part-by }
    .why = { $rule ->
        [spf-and-dkim] Ce destinataire veut que SPF et DKIM soient valides tous les deux ; l’un des deux ne l’est pas ici, aussi refuse-t-il probablement ces messages, bien que DMARC réussisse.
        [spf-or-dkim] Ce destinataire veut que SPF ou DKIM soit valide ; ici, aucun des deux ne l’est.
        [aligned-leg] Ce destinataire veut un appui aligné avec l’adresse d’expédition affichée.
        [dmarc-record] Ce destinataire veut une politique DMARC, fût-elle `none`.
        [spf-not-fail] Ce destinataire refuse ce que l’enregistrement SPF de l’adresse de retour exclut, bien que DMARC réussisse par la signature.
       *[other] Ce destinataire a des règles plus strictes, et refuse probablement ces messages ou les classe en indésirables.
    }
    .fix = Rétablissez l’appui qui manque : les autres constats sur cet envoi disent lequel, et comment.

finding-path-include-unused = Votre enregistrement SPF nomme { verdict-part-by } sans effet : `{ $include }`
    .why = Ce service envoie toujours avec sa propre adresse de retour. Les destinataires ne consultent donc jamais votre enregistrement SPF pour ses messages ; le terme ne fait que coûter des recherches, dont dix sont permises en tout.
    .fix = Vous pouvez retirer ce terme. Ce qui authentifie les messages de ce service est sa clé DKIM ; gardez-la.

finding-path-ready = Les messages envoyés par { verdict-part-by } ont leurs deux appuis
    .why = L’adresse de retour et la signature se rattachent toutes deux à { $domain } : que l’un vienne à manquer, l’autre suffit.
    .fix = Rien à changer.
