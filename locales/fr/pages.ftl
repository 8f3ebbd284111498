# Pages : ce qui les entoure, l'accueil, les pages qui ne disent qu'une chose.
page-skip = Aller au contenu
page-nav = Principale
page-nav-check = Vérifier
page-nav-message = Message
page-nav-bounce = Refus
page-nav-help = Centre d’aide
page-language = Langue
page-foot-accessibility = Accessibilité : non conforme
page-foot-about = À propos de Garant
page-foot-kept = Ce que Garant conserve
page-foot-support = Contacter l’assistance
page-foot-quiet = Aucun cookie, aucune requête vers un autre hôte.
page-copied = Copié
page-not-copied = Sélectionnez-le pour le copier
page-found-none = Aucune proposition
page-found-one = Une proposition
page-found-many = % propositions
page-nowhere = Il n’y a pas de page ici
    .about = L’adresse a peut-être été coupée en chemin. La vérification et le centre d’aide sont à un lien d’ici, ci-dessus.
page-check-gone = Cette vérification n’est plus conservée
    .about = Une vérification est conservée un temps, puis oubliée avec son lien. Ou bien le lien a été coupé en chemin. Vous pouvez vérifier le domaine de nouveau.
page-full = Rien de plus ne peut être conservé ici pour le moment
    .about = Une vérification est conservée derrière son lien, et la place manque pour une autre. C’est au responsable de ce site d’en faire. `garant check`, dans un terminal, n’a pas besoin de place.
page-busy = Trop de vérifications attendent
    .about = Rien n’est perdu. Réessayez dans une minute.
page-broken = Quelque chose n’a pas fonctionné ici
    .about = C’est notre défaillance, pas celle de votre domaine. Réessayez dans une minute.
page-wrong-method = Cette adresse n’est pas une page à ouvrir
    .about = Elle reçoit ce qu’un formulaire envoie. Commencez par le formulaire : la vérification est à un lien d’ici, ci-dessus.
page-too-large = C’est plus que ce qui peut être lu ici
    .about = Le formulaire était plus grand qu’une question ne peut l’être. Envoyez les enregistrements en question et laissez le reste.
upload-too-large = C’est plus que ce qui peut être lu ici
    .about = Un envoi contient 10 Mo au plus. Envoyez moins de fichiers, ou collez seulement l’en-tête du message. Pour des milliers de messages de non-remise, il existe la commande `garant bounce`.
upload-broken = L’envoi n’est pas arrivé en entier
    .about = La connexion a été coupée en chemin, ou le formulaire est abîmé. Rien n’a été conservé. Veuillez recommencer.
page-not-a-form = Ce qui a été envoyé n’est pas un formulaire lisible ici
    .about = Les programmes trouvent dans l’API comment demander. Pour demander vous-même, prenez le formulaire : la vérification est à un lien d’ici, ci-dessus.
front-title = Qui se porte garant de vos messages ?
front-title-error = À corriger : { $title }
front-form = Vérifier un domaine
front-domain = Votre domaine, ou une adresse à ce domaine
    .hint = Par exemple `votreentreprise.fr`. Garant interroge le DNS à l’instant et répond en une phrase.
front-check = Vérifier
front-key = Entrée
front-more = Préciser : un service d’envoi, une adresse, des sélecteurs DKIM
front-rare = Plus rarement utile : adresse de retour, signature, serveur, enregistrements demandés, rapports
front-sender = Service d’envoi
    .hint = Celui qui envoie les messages en votre nom, par exemple ActiveCampaign ou Brevo. La réponse porte alors sur ce service.
front-error-sender = « { $input } » n’est pas un service d’envoi connu ici.{ $suggestion ->
    [none] {""}
   *[other] {" "}Vouliez-vous dire { $suggestion } ?
} Le champ les propose tous ; un service qui n’y est pas se décrit par ses parties, adresse de retour et signature, plus bas.
front-from = Adresse d’expédition affichée
    .hint = Le « De » de vos messages, par exemple `contact@news.votreentreprise.fr`. Elle décide du domaine vérifié.
front-selectors = Sélecteurs DKIM
    .hint = Les noms de vos clés, séparés par des virgules, par exemple `s1, s2`. Ils figurent dans une signature après `s=`.
front-mail-from = Domaine de l’adresse de retour
    .hint = Ce qui suit `Return-Path:` dans un message reçu. C’est là que SPF regarde.
front-signed-by = Signatures
    .hint = Le domaine après `d=`, avec son sélecteur si vous le connaissez : `votreentreprise.fr:s1`.
front-ip = Adresse du serveur d’envoi
    .hint = IPv4 ou IPv6, par exemple `203.0.113.7`.
front-expect = Enregistrements demandés par une plateforme
    .hint = Une liste en JSON : `[{"{"}"type": "CNAME", "name": "s1._domainkey", "value": "s1.example.net"{"}"}]`.
front-rua = Adresse pour les rapports
    .hint = Où les destinataires enverront les rapports DMARC. Elle sert si le plan publie une politique.
front-authority = Interroger les serveurs faisant autorité dans tous les cas, et pas seulement en cas de doute
front-picture = Une lettre, son enveloppe et son sceau
    .about = Trois noms : dans la lettre, le nom que l’on lit ; sur l’enveloppe, l’adresse de retour ; dans la cire, le sceau du domaine qui signe.
front-picture-from = De
front-picture-author = vous@votredomaine
front-picture-return = retours@em.votredomaine
front-name-author = Le nom que l’on lit
    .about = , dans la lettre.
front-name-return = L’adresse de retour
    .about = , sur l’enveloppe : SPF regarde là.
front-name-seal = Le sceau
    .about = , apposé par DKIM. Lui, ou l’adresse de retour, doit appartenir au premier nom.
front-refused = Un message a été refusé ?
    .link = Collez le message de non-remise
front-arrived = Un message est classé en indésirables, ou porte « via » ?
    .link = Collez sa source
front-samples = Exemples
    .about = Des questions dont la réponse mérite d’être lue
front-help-about = En mots simples, en deux langues
front-search = Chercher dans le centre d’aide
front-search-go = Chercher
front-search-hint = Le code d’erreur d’un message de non-remise convient aussi, par exemple `550 5.7.26`.
taken-from-address = Le domaine a été tiré de l’adresse que vous avez saisie.
taken-from-url = Le domaine a été tiré de l’adresse web que vous avez saisie.
taken-from-www = Vous avez saisi le nom d’un serveur web ; c’est le domaine lui-même, sans `www`, qui est vérifié.
running-title = Vérification de { $domain }
running-state = En cours
running-waiting = Cette vérification attend son tour : d’autres étaient là avant elle. Elle commencera d’elle-même, rien n’est à faire.
running-asking = { $count ->
    [0] Garant interroge le DNS au sujet de { $domain }. Les premières réponses sont en route.
    [one] Garant interroge le DNS au sujet de { $domain }. Une réponse est arrivée.
   *[other] Garant interroge le DNS au sujet de { $domain }. { $count } réponses sont arrivées.
}
running-planning = Toutes les réponses sont arrivées. Garant cherche quels enregistrements aideraient.
running-servers = Qui a répondu jusqu’ici
running-seen = Déjà vu
running-seen-about = Rien de cela n’est encore jugé, et ce qui n’y figure pas peut encore arriver.
running-look = Regarder maintenant
running-lost = La vérification de { $domain } n’a pas pu aller à son terme
    .about = C’est notre défaillance, et cela ne dit rien du domaine. Rien n’a été conservé. Vous pouvez poser la même question de nouveau.
running-lost-state = Sans réponse
running-again = Redemander
share-title = Les enregistrements à publier pour { $domain }
share-margin = Pour la personne qui gère le DNS
share-back = La vérification complète de { $domain }
share-sentence = { $open ->
    [0] { $count ->
        [0] Il n’y a rien à publier : aucun changement d’enregistrement n’améliorerait ce que dit la vérification.
       *[other] Tout ce qui était demandé est en place. Il n’y a rien à faire.
    }
    [one] Un enregistrement demande votre attention. Ce qu’il faut saisir, son état et le retour en arrière sont ci-dessous.
   *[other] { $open } enregistrements demandent votre attention. Ce qu’il faut saisir, leur état et le retour en arrière sont ci-dessous.
}
share-asked = État à { CLOCK($at) } UTC, le { DATE($at) }.
share-look = Regarder de nouveau
share-records = Les lignes
share-record = { $type } à { $name }
share-right = En place
share-waiting = En attente des caches
share-to-publish = À publier
share-to-change = À remplacer
share-to-remove = À supprimer
share-to-correct = À corriger
share-unknown = Inconnu
share-copy = Copier
share-whole = Forme complète
    .about = Noms entiers, pour tout panneau ou un fichier de zone
share-ttl = TTL { $seconds }
share-removed = À supprimer :
share-zone = Télécharger en lignes de fichier de zone
share-ticket = La demande
    .about = À coller dans un ticket pour la personne qui tient votre DNS
share-send = Transmettre
    .about = Aucun compte n’est nécessaire pour lire cette page
share-kept = Lien, valable jusqu’au { DATE($until) }
share-link = Lien
share-mail = Écrire un message avec ce lien
share-private = Quiconque a ce lien peut lire la page ; personne ne peut le deviner, et les moteurs de recherche l’ignorent. Ce qui est dans le DNS est de toute façon public.
share-letter-subject = Enregistrements DNS pour { $domain }
share-letter = Bonjour,
    { "" }
    Merci de publier les enregistrements ci-dessous pour { $domain }. Cette page donne les valeurs exactes et montre si elles sont en place :
    { $link }
    { "" }
