### BIMI : les constats, un message par code (titre, .why, .fix).
### Arguments : ceux de crates/check/src/finding.rs, plus $domain et $name. Texte entre accents graves : à citer tel quel.

finding-bimi-invalid = { $reason ->
        [not-https] L’enregistrement BIMI donne une adresse qui n’est pas en `https`
        [no-location] L’enregistrement BIMI ne dit pas où se trouve le logo
        [multiple] Plusieurs enregistrements BIMI au même nom
        [avp] La préférence `avp=` de l’enregistrement BIMI n’existe pas
       *[syntax] L’enregistrement BIMI est mal écrit
    }
    .why = Les messageries ne corrigent pas un enregistrement fautif : votre logo n’apparaît pas à côté de vos messages. La remise du courrier n’en dépend pas.
    .fix = { $reason ->
        [not-https] Placez le logo (`l=`) et le certificat (`a=`) à une adresse en `https://`.
        [no-location] Ajoutez `l=` suivi de l’adresse `https://` du logo, un fichier SVG.
        [multiple] N’en gardez qu’un à { $name }.
        [avp] Écrivez `avp=brand` (le logo) ou `avp=personal` (la photo de l’expéditeur), ou retirez la balise.
       *[syntax] Réécrivez l’enregistrement : `v=BIMI1`, un point-virgule, puis `l=` suivi de l’adresse `https://` du logo.
    }

finding-bimi-ineffective = { $reason ->
        [dmarc-missing] BIMI n’a pas d’effet : aucun enregistrement DMARC ne s’applique à { $domain }
        [subdomains-not-enforced] BIMI n’a pas d’effet : DMARC ne protège pas les sous-domaines
       *[dmarc-not-enforced] BIMI n’a pas d’effet : la politique DMARC ne s’applique pas à tous les messages
    }
    .why = Les messageries n’affichent un logo que si votre domaine demande le classement en indésirables (`p=quarantine`) ou le refus (`p=reject`) des messages qui échouent à DMARC, sous-domaines compris. La remise du courrier n’en dépend pas.
    .fix = { $reason ->
        [dmarc-missing] Publiez d’abord une politique DMARC de surveillance, lisez les rapports, puis durcissez-la. Le logo vient après.
        [subdomains-not-enforced] Retirez `sp=none` (ou `t=y`) une fois vérifié que vos sous-domaines qui envoient passent DMARC.
       *[dmarc-not-enforced] Passez à `p=quarantine`, sans `pct=` ni `t=y`, quand un mois de rapports montre que tout votre courrier passe DMARC, pas avant. Si votre domaine suit celui d’une organisation, la politique de celle-ci compte aussi.
    }

finding-bimi-declined = Le domaine { $domain } renonce à BIMI
    .why = L’enregistrement existe et ne donne volontairement aucun logo : les messageries n’en affichent pas.
    .fix = Rien à changer.

finding-bimi-valid = { $certificate ->
        [yes] Enregistrement BIMI valide, avec certificat
       *[no] Enregistrement BIMI valide, sans certificat
    }
    .why = { $certificate ->
        [yes] Les messageries qui suivent BIMI peuvent afficher votre logo, si le fichier et le certificat leur conviennent ; chacune reste libre.
       *[no] Certaines messageries, comme La Poste, affichent le logo sans certificat ; d’autres, comme Gmail, exigent un certificat de marque (VMC ou CMC) dans `a=`.
    }
    .fix = Rien à changer.
