### DMARC : les constats, un message par code (titre, .why, .fix).
### Arguments : ceux de crates/check/src/finding.rs, plus $domain et $name. Texte entre accents graves : à citer tel quel.

finding-dmarc-missing = Aucun enregistrement DMARC ne s’applique à { $domain }
    .why = Les destinataires ne savent pas ce que vous souhaitez pour un message qui usurpe votre nom, et vous ne recevez aucun rapport. Orange et, pour les envois en nombre, Gmail, Yahoo, Apple et Outlook.com demandent un enregistrement DMARC.
    .fix = Si ce domaine envoie du courrier, commencez par une politique de surveillance (`p=none`), en y ajoutant `rua=mailto:` et une adresse pour les rapports ; durcissez-la quand un mois de rapports montre que tout votre courrier passe. S’il n’en envoie pas, ni ses sous-domaines, demandez tout de suite le refus (`p=reject`).

finding-dmarc-multiple = { $count } enregistrements DMARC au même nom : tous sont ignorés
    .why = Quand un nom porte plusieurs enregistrements DMARC, les destinataires les écartent tous (RFC 9989, section 4.10) : c’est comme s’il n’y en avait aucun.
    .fix = N’en gardez qu’un, qui réunit la politique voulue et les adresses de rapport. S’il demande `quarantine` ou `reject`, vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.

finding-dmarc-wrong-place = L’enregistrement DMARC se trouve au mauvais nom : { $found_at }
    .why = Les destinataires cherchent l’enregistrement à { $name }, et n’y trouvent rien : c’est comme s’il n’existait pas.
    .fix = Déplacez-le à { $name } ; beaucoup d’hébergeurs DNS ajoutent eux-mêmes la fin du nom, qui est alors à omettre. S’il demande `quarantine` ou `reject`, vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.

finding-dmarc-version-case = L’enregistrement DMARC est ignoré : `DMARC1` doit être en majuscules
    .why = Les destinataires comparent `DMARC1` lettre à lettre, majuscules comprises (RFC 9989, section 4.7). Écrit autrement, l’enregistrement entier ne compte pas : ni politique, ni rapports.
    .fix = Écrivez `v=DMARC1`, avec `DMARC1` en majuscules. Si la politique demande `quarantine` ou `reject`, vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.

finding-dmarc-version-not-first = L’enregistrement DMARC est ignoré : `v=DMARC1` n’est pas en tête
    .why = Les destinataires ne reconnaissent l’enregistrement que s’il commence par `v=DMARC1` (RFC 9989, section 4.7). Placé ailleurs, il ne compte pas : ni politique, ni rapports.
    .fix = Placez `v=DMARC1` au tout début. Si la politique demande `quarantine` ou `reject`, vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.

finding-dmarc-leading-space = L’enregistrement DMARC est ignoré : un espace précède `v=DMARC1`
    .why = Les destinataires ne reconnaissent l’enregistrement que s’il commence par `v=DMARC1`, sans rien devant (RFC 9989, section 4.8). Un seul espace, invisible à l’écran, suffit à le faire ignorer en entier.
    .fix = Effacez la valeur dans le formulaire et saisissez-la de nouveau sans espace au début.

finding-dmarc-quoted = L’enregistrement DMARC est ignoré : des guillemets font partie de la donnée
    .why = Les guillemets d’un fichier de zone entourent la valeur sans en faire partie. Saisis dans un formulaire qui les ajoute lui-même, ils entrent dans l’enregistrement, qui ne commence donc plus par `v=DMARC1`.
    .fix = Saisissez la valeur sans guillemets ni barres obliques inverses.

finding-dmarc-misspelt = Un texte publié à { $name } ressemble à un enregistrement DMARC, mais n’en est pas un
    .why = Il s’y trouve : `{ $found }`. Un enregistrement commence par `v=DMARC1` et sépare ses balises par des points-virgules ; sans cela, les destinataires l’ignorent en entier.
    .fix = Corrigez la valeur, après avoir vérifié la politique (`p=`) : une fois lisible, elle sera appliquée.

finding-dmarc-look-alike = L’enregistrement DMARC contient des caractères typographiques ({ $found })
    .why = Un traitement de texte ou une page web y a mis des signes qui ressemblent aux bons : guillemets courbes, tiret long, espace insécable. Selon l’endroit, les destinataires ignorent la balise touchée ou l’enregistrement entier.
    .fix = Remplacez l’enregistrement par sa version en caractères simples, saisie dans un éditeur de texte brut. Relisez la politique (`p=`) : une fois lisible, elle sera appliquée.

finding-dmarc-policy-missing = { $acts ->
        [none] L’enregistrement DMARC ne dit pas quelle politique appliquer : il vaut `p=none`
       *[nothing] L’enregistrement DMARC ne dit pas quelle politique appliquer : il est ignoré
    }
    .why = { $acts ->
        [none] La balise `p=` n’y est pas. Comme l’adresse de rapport est valide, les destinataires font comme si vous aviez écrit `p=none` (RFC 9989, section 4.10.1) : vous recevez des rapports, mais rien n’est refusé. Sans cette adresse, ils n’appliqueraient pas DMARC du tout.
       *[nothing] La balise `p=` n’y est pas, et aucune adresse de rapport valide ne la supplée : les destinataires n’appliquent pas DMARC du tout (RFC 9989, section 4.10.1). Avec une adresse valide dans `rua=`, ils feraient comme si `p=` valait `none`.
    }
    .fix = Écrivez la politique juste après `v=DMARC1` : `p=none` pour commencer, le temps de lire les rapports.

finding-dmarc-policy-invalid = La politique `p={ $value }` n’existe pas : { $acts ->
        [none] elle vaut `p=none`
       *[nothing] l’enregistrement est ignoré
    }
    .why = { $acts ->
        [none] Les seules valeurs sont `none`, `quarantine` et `reject`. Comme l’adresse de rapport est valide, les destinataires font comme si vous aviez écrit `p=none` (RFC 9989, section 4.10.1) : les messages qui usurpent votre nom ne sont pas refusés.
       *[nothing] Les seules valeurs sont `none`, `quarantine` et `reject`. Sans adresse de rapport valide, les destinataires n’appliquent pas DMARC du tout (RFC 9989, section 4.10.1) : c’est comme si l’enregistrement n’existait pas.
    }
    .fix = { $meant ->
        [none] Écrivez `p=none`.
        [quarantine] Écrivez `p=quarantine`, si c’est bien le classement en indésirables que vous vouliez. Vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.
        [reject] Écrivez `p=reject`, si c’est bien le refus que vous vouliez. Vérifiez d’abord que vos services passent DMARC : la politique n’est pas appliquée aujourd’hui.
       *[other] Écrivez l’une des trois valeurs : `none` (surveillance), `quarantine` (indésirables) ou `reject` (refus) ; pour commencer, `p=none`, le temps de lire les rapports.
    }

finding-dmarc-subdomain-policy-invalid = La faute `{ $tag }={ $value }` désarme tout l’enregistrement DMARC
    .why = { $acts ->
        [none] Une valeur inconnue dans `{ $tag }=` ne touche pas que les sous-domaines : les destinataires font comme si tout l’enregistrement disait `p=none` (RFC 9989, section 4.10.1). Rien ne vous le signale, et { $policy ->
            [quarantine] votre politique `p=quarantine` n’est plus appliquée.
            [reject] votre politique `p=reject` n’est plus appliquée.
           *[other] vos sous-domaines ne sont pas protégés.
        }
       *[nothing] Une valeur inconnue dans `{ $tag }=` ne touche pas que les sous-domaines : sans adresse de rapport valide, les destinataires n’appliquent pas DMARC du tout (RFC 9989, section 4.10.1). Rien ne vous le signale, et { $policy ->
            [quarantine] votre politique `p=quarantine` n’est plus appliquée.
            [reject] votre politique `p=reject` n’est plus appliquée.
           *[other] vos sous-domaines ne sont pas protégés.
        }
    }
    .fix = { $meant ->
        [none] Écrivez `{ $tag }=none`.
        [quarantine] Écrivez `{ $tag }=quarantine`, si c’est bien le classement en indésirables que vous vouliez.
        [reject] Écrivez `{ $tag }=reject`, si c’est bien le refus que vous vouliez.
       *[other] Donnez à `{ $tag }` l’une des valeurs `none`, `quarantine` ou `reject`, ou retirez la balise.
    } { $policy ->
        [quarantine] L’enregistrement entier (`p=quarantine`) sera de nouveau appliqué : vérifiez d’abord que vos services passent DMARC.
        [reject] L’enregistrement entier (`p=reject`) sera de nouveau appliqué : vérifiez d’abord que vos services passent DMARC.
       *[other] Vérifiez d’abord que vos sous-domaines qui envoient passent DMARC.
    }

finding-dmarc-monitoring = Politique de surveillance (`p=none`) : rien n’est refusé ni classé en indésirables à cause de DMARC
    .why = C’est le bon début : les destinataires contrôlent vos messages, envoient des rapports si vous avez donné une adresse, et ne changent rien à leur traitement. Mais un message qui usurpe votre nom arrive comme les autres.
    .fix = Rien à changer pour l’instant. Quand un mois de rapports montre que tout votre courrier passe, demandez `p=quarantine`, puis `p=reject`.

finding-dmarc-enforced-without-dkim = { $policy ->
        [reject] Votre domaine demande le refus (`p=reject`) sans publier de clé DKIM
        [quarantine] Votre domaine demande le classement en indésirables (`p=quarantine`) sans publier de clé DKIM
       *[other] Votre politique est `p={ $policy }`, et votre domaine ne publie pas de clé DKIM
    }
    .why = Vos messages ne tiennent qu’à SPF, sauf si un service les signe dans l’un de vos sous-domaines. SPF suffit à passer DMARC quand l’adresse de retour appartient à votre domaine, mais ce n’est pas assez pour s’y fier : { $policy ->
        [quarantine] après un transfert, ou quand il part d’un service qui met sa propre adresse de retour, le message risque fort d’être classé en indésirables.
       *[other] après un transfert, ou quand il part d’un service qui met sa propre adresse de retour, le message risque fort d’être refusé ou classé en indésirables. La norme demande DKIM à tout domaine en `p=reject` (RFC 9989, section 7.4).
    }
    .fix = Activez DKIM chez chaque service qui écrit en votre nom. Si l’un d’eux ne le peut pas, dans cet ordre : donnez-lui une adresse de retour dans votre domaine ; sinon, un sous-domaine à part ; sinon, suspendez ses envois. En dernier recours, et pour un temps seulement, passez à `p=none` en inscrivant dans `sp=` et `np=` la politique qui vaut aujourd’hui pour les sous-domaines.

finding-dmarc-enforced-without-both = { $policy ->
        [reject] Votre domaine demande le refus (`p=reject`) sans clé DKIM ni enregistrement SPF utilisable
        [quarantine] Votre domaine demande le classement en indésirables (`p=quarantine`) sans clé DKIM ni enregistrement SPF utilisable
       *[other] Votre politique est `p={ $policy }`, sans clé DKIM ni enregistrement SPF utilisable
    }
    .why = Rien de ce que publie { $domain } ne permet à un message de passer DMARC, sauf si sa signature ou son adresse de retour est dans l’un de vos sous-domaines. { $policy ->
        [quarantine] Il risque fort d’être classé en indésirables.
       *[other] Il risque fort d’être refusé ou classé en indésirables.
    }
    .fix = Si ce domaine n’envoie pas de courrier, dites-le par `v=spf1 -all` : la politique est alors la bonne. Sinon, activez DKIM chez chaque service qui écrit en votre nom, et corrigez SPF. En dernier recours, et pour un temps seulement, passez à `p=none` en inscrivant dans `sp=` et `np=` la politique qui vaut aujourd’hui pour les sous-domaines.

finding-dmarc-subdomains-weaker = Les sous-domaines sont moins protégés (`sp={ $sp }`) que le domaine (`p={ $policy }`)
    .why = Un fraudeur n’a qu’à écrire depuis un sous-domaine : { $sp ->
        [none] rien n’y est refusé.
       *[other] le traitement demandé y est plus doux.
    }
    .fix = Une fois vérifié que vos sous-domaines qui envoient passent DMARC, retirez `sp=` (les sous-domaines suivent alors `p={ $policy }`). Un sous-domaine qui n’est pas prêt peut avoir son propre enregistrement `_dmarc`.

finding-dmarc-nonexistent-weaker = Les sous-domaines qui n’existent pas sont moins protégés (`np={ $np }`)
    .why = Aucun courrier légitime ne vient d’un nom qui n’existe pas dans le DNS : c’est donc le nom idéal pour un fraudeur. Les sous-domaines existants relèvent, eux, de `{ $policy }`.
    .fix = Retirez `np=`, ou écrivez `np=reject`.

finding-dmarc-pct-removed = La balise `pct={ $value }` ne fait plus partie de DMARC
    .why = Les destinataires à jour l’ignorent et appliquent la politique à tous les messages qui échouent (RFC 9989, annexe A.6) ; les autres (RFC 7489) ne l’appliquent qu’à la part indiquée. Le même message peut donc être traité de deux façons.
    .fix = Retirez `pct`. Si vous n’êtes pas prêt à voir la politique appliquée à tout votre courrier, baissez-la d’un degré (`quarantine` au lieu de `reject`, `none` au lieu de `quarantine`) pour un temps.

finding-dmarc-removed-tags = Balises retirées de DMARC : { $tags }
    .why = La révision de 2026 ne les connaît plus (RFC 9989, annexe C.5.2). Les destinataires à jour ignorent ces balises ; le reste de l’enregistrement s’applique.
    .fix = Retirez-les à la prochaine occasion.

finding-dmarc-testing = Mode d’essai (`t=y`) : deux destinataires peuvent traiter le même message différemment
    .why = Les destinataires à jour (RFC 9989) appliquent un degré de moins : `{ $effective }` au lieu de `{ $policy }`. Les autres (RFC 7489) ne connaissent pas `t` et appliquent `{ $policy }`.
    .fix = Pour être protégé partout, retirez `t=y`. Pour n’être refusé nulle part pendant l’essai, écrivez `p={ $effective }`, que tous comprennent.

finding-dmarc-junk = Une partie de l’enregistrement DMARC est illisible
    .why = Les destinataires ignorent ce qu’ils ne comprennent pas et prennent à la place la valeur par défaut (RFC 9989, section 4.8). Ici : `{ $parts }`.
    .fix = Corrigez ou retirez cette partie. Chaque balise s’écrit `nom=valeur` et se termine par un point-virgule.

finding-dmarc-unknown-tag = La balise `{ $tag }` n’existe pas dans DMARC
    .why = { $suggestion ->
        [p] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `p` que vous vouliez écrire : la politique, qui n’est donc pas lue.
        [sp] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `sp` que vous vouliez écrire : la politique des sous-domaines.
        [np] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `np` que vous vouliez écrire : la politique des sous-domaines qui n’existent pas.
        [adkim] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `adkim` que vous vouliez écrire : l’alignement DKIM.
        [aspf] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `aspf` que vous vouliez écrire : l’alignement SPF.
        [rua] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `rua` que vous vouliez écrire : l’adresse des rapports agrégés, qui n’est donc pas lue.
        [ruf] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `ruf` que vous vouliez écrire : l’adresse des rapports d’échec.
        [fo] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `fo` que vous vouliez écrire : le choix des rapports d’échec.
        [psd] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `psd` que vous vouliez écrire : la nature du domaine.
        [t] Les destinataires l’ignorent (RFC 9989, section 4.7). C’est sans doute `t` que vous vouliez écrire : le mode d’essai.
       *[other] Les destinataires l’ignorent (RFC 9989, section 4.7) ; le reste de l’enregistrement s’applique. { EMPTY($suggestion) ->
            [no] C’est sans doute `{ $suggestion }` que vous vouliez écrire.
           *[yes] Aucune balise connue n’en est proche.
        }
    }
    .fix = Corrigez le nom de la balise si c’est une faute de frappe ; sinon, retirez-la.

finding-dmarc-duplicate-tag = La balise `{ $tag }` de l’enregistrement DMARC figure plus d’une fois
    .why = La norme n’admet chaque balise qu’une fois (RFC 6376, section 3.2). Selon le destinataire, c’est la première valeur qui compte, la dernière, ou plus rien de l’enregistrement.
    .fix = Ne gardez que la valeur voulue.

finding-dmarc-strict-alignment = Alignement strict : { $tags }
    .why = Avec l’alignement strict, le domaine de la signature (`adkim=s`) ou de l’adresse de retour (`aspf=s`) doit être exactement celui de l’adresse d’expédition affichée ; un sous-domaine ne compte plus. C’est souvent voulu. Ce qui se perd est l’appui de secours : avec `aspf=s`, par exemple, un service dont l’adresse de retour est à em.{ $domain } ne tient plus qu’à sa signature.
    .fix = Si tous vos services passent : rien à changer. Sinon, n’assouplissez (`r`) que la balise qui prive un service de son dernier appui.

finding-dmarc-no-reports = Aucune adresse pour les rapports DMARC
    .why = Sans `rua=`, les destinataires n’envoient pas de rapports agrégés : vous ne voyez ni les messages légitimes qui échouent, ni ceux qui usurpent votre nom.
    .fix = Ajoutez `rua=mailto:` suivi d’une adresse réservée à cet usage : les rapports sont nombreux, et se lisent avec un outil.

finding-dmarc-report-address-invalid = L’adresse de rapport `{ $value }` est inutilisable
    .why = { $tag ->
        [rua] Chaque adresse de `rua=` doit s’écrire comme un lien, `mailto:` en tête. Les destinataires ignorent celle-ci : les rapports agrégés n’y arrivent pas.
        [ruf] Chaque adresse de `ruf=` doit s’écrire comme un lien, `mailto:` en tête. Les destinataires ignorent celle-ci : les rapports d’échec n’y arrivent pas.
       *[other] Chaque adresse de rapport doit s’écrire comme un lien, `mailto:` en tête. Les destinataires ignorent celle-ci.
    }
    .fix = Écrivez chaque adresse sous la forme `mailto:nom@domaine`, et séparez plusieurs adresses par des virgules.

finding-dmarc-reports-not-authorised = { $destination } n’a pas accepté de recevoir vos rapports
    .why = L’adresse donnée dans `{ $tag }=` est dans le domaine d’une autre organisation. Celle-ci doit dire dans son propre DNS qu’elle l’accepte, sans quoi les destinataires n’envoient rien à cette adresse (RFC 9990, section 4). { EMPTY($record) ->
        [yes] Le nom où elle devrait le dire est trop long pour le DNS.
       *[no] Aucun enregistrement qui convienne ne se trouve à { $record }.
    }
    .fix = Demandez à { $destination } de publier cet accord, qui est un enregistrement TXT dans son propre DNS, ou donnez une adresse de votre domaine.

finding-dmarc-many-report-addresses = { $count } adresses de rapport : certains destinataires n’en servent que deux
    .why = L’ancienne norme ne garantit que deux adresses (RFC 7489, section 6.2) ; la troisième et les suivantes peuvent ne rien recevoir.
    .fix = Placez les deux adresses qui comptent en premier, ou réunissez les rapports dans une seule boîte qui les distribue.

finding-dmarc-report-size-suffix = L’adresse de rapport `{ $value }` porte une limite de taille, abandonnée depuis
    .why = Le suffixe après le point d’exclamation (par exemple `!10m`) est une écriture abandonnée (RFC 9989, section 4.8). Les destinataires à jour l’ignorent et envoient le rapport entier.
    .fix = Retirez le point d’exclamation et ce qui le suit.

finding-dmarc-failure-options-unused = La balise `fo={ $value }` ne fait rien sans `ruf=`
    .why = Elle choisit les rapports d’échec à envoyer, mais aucune adresse n’est donnée pour eux : les destinataires l’ignorent (RFC 9989, section 4.7).
    .fix = Retirez `fo`, ou ajoutez `ruf=mailto:` et une adresse, en sachant que peu de destinataires envoient de tels rapports.

finding-dmarc-inherited = La politique de { $domain } vient de { $policy_domain } : `{ $tag }={ $policy }`
    .why = { $tag ->
        [sp] { $domain } n’a pas d’enregistrement DMARC propre. Les destinataires lui appliquent celui de { $policy_domain }, et dans celui-ci `sp`, la politique des sous-domaines.
        [np] { $domain } n’a pas d’enregistrement DMARC propre et n’existe pas dans le DNS. Les destinataires lui appliquent l’enregistrement de { $policy_domain }, et dans celui-ci `np`, la politique des sous-domaines qui n’existent pas.
       *[p] { $domain } n’a pas d’enregistrement DMARC propre. Les destinataires lui appliquent celui de { $policy_domain }, et dans celui-ci `p`, puisque rien n’y est dit des sous-domaines.
    }
    .fix = Si c’est voulu : rien à changer. Pour une politique propre à { $domain }, publiez un enregistrement à _dmarc.{ $domain }.

finding-dmarc-discovery-differs = Le domaine de l’organisation, ou sa politique, diffère d’un destinataire à l’autre
    .why = Les destinataires à jour (RFC 9989) remontent les noms du DNS et prennent { $walk } pour le domaine de l’organisation ; les autres (RFC 7489) consultent la liste des suffixes publics et prennent { $list }. La politique trouvée ou l’alignement peut donc changer de l’un à l’autre.
    .fix = Publiez un enregistrement DMARC à chaque domaine d’expédition et au domaine de l’organisation. Avec l’alignement strict en plus, l’écart disparaît (RFC 9989, annexe C.3).

finding-dmarc-psd-unexpected = L’enregistrement DMARC se déclare suffixe public (`psd=y`)
    .why = Cette balise est réservée aux noms sous lesquels d’autres enregistrent leur domaine, comme `fr` ou `co.uk`. Ici, elle fait prendre chacun de vos sous-domaines pour une autre organisation : l’alignement souple ne joue plus entre eux.
    .fix = Retirez `psd=y`.

finding-dmarc-unrelated-text = { $count ->
        [one] Un autre texte se trouve à côté de l’enregistrement DMARC
       *[other] { $count } autres textes se trouvent à côté de l’enregistrement DMARC
    }
    .why = Les destinataires les écartent (RFC 9989, section 4.10), et l’enregistrement DMARC s’applique. Quelques outils s’y trompent.
    .fix = Supprimez de { $name } ce qui n’est pas DMARC ; un jeton de vérification se place en général à la racine du domaine.

finding-dmarc-dangling = L’alias { $name } mène à un nom sans enregistrement DMARC
    .why = L’alias (CNAME) mène à { $target }, où il n’y a pas d’enregistrement DMARC : rien n’est demandé aux destinataires, et aucun rapport n’est envoyé. La cible est mal saisie, ou le contrat avec ce service a pris fin.
    .fix = Si le service est toujours le vôtre, recopiez la cible qu’il affiche. Sinon, supprimez l’alias et publiez votre propre enregistrement.

finding-dmarc-enforced = { $policy ->
        [reject] Politique de refus (`p=reject`) en vigueur
        [quarantine] Politique de classement en indésirables (`p=quarantine`) en vigueur
       *[other] Politique `p={ $policy }` en vigueur
    }
    .why = { $policy ->
        [quarantine] Un message à votre nom qui n’a ni signature valide ni adresse de retour autorisée à votre domaine est en général classé en indésirables.
       *[other] Un message à votre nom qui n’a ni signature valide ni adresse de retour autorisée à votre domaine est refusé ou classé en indésirables. Le destinataire choisit : il ne doit pas refuser pour la seule raison de `p=reject` (RFC 9989, section 7.4).
    }
    .fix = Rien à changer.
