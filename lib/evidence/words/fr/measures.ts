import type { Words } from '../en/en';

export const measures: Words['measures'] = {
  boundary: 'Une requête n’est envoyée qu’à des destinations dont chaque région est à l’intérieur du périmètre.',
  guard:
    'Un contrôle refuse tout modèle de déploiement qui pourrait conserver ou envoyer des données hors du périmètre.',
  network: 'Les fonctions qui traitent requêtes et réponses sont dans un réseau sans route vers l’internet.',
  encryption:
    'Les contenus conservés sont chiffrés sous des clés gérées par le client, avec une clé pour chaque espace de travail.',
  memberKeys: 'Les contenus de chaque membre sont chiffrés sous sa propre clé avant d’être conservés.',
  separation: 'Les espaces de travail n’ont en commun ni clé, ni table, ni compartiment de contenus.',
  noContent: 'Les contenus d’un projet ne sont ni conservés, ni journalisés, ni mesurés.',
  records: 'Les relevés des requêtes ne comportent ni contenu, ni nom, ni adresse.',
  retentionMode:
    'Le mode de conservation de Bedrock est réglé sur « none » et contrôlé toutes les heures ; sans contrôle récent, les projets sont refusés.',
  expiry: 'Les contenus conservés expirent au terme de la durée de conservation de l’espace de travail.',
  erasure:
    'Un effacement supprime les contenus, puis la clé du membre, vérifie que la clé n’existe plus et donne lieu à un certificat.',
  closure:
    'Une clôture établit un dernier export pour chaque membre, programme la suppression de la clé de l’espace de travail et donne lieu à un certificat.',
  export: 'Les contenus d’un membre peuvent être exportés dans un format lisible par machine.',
  trail:
    'Chaque utilisation d’une clé, d’un élément ou d’un objet est consignée, dans un compartiment à verrouillage d’objet.',
  alarms:
    'Des alarmes signalent les changements relatifs à la conservation, à la journalisation, aux lieux et aux clés.',
  recovery:
    'Les contenus sont répliqués dans une seconde région du périmètre, et un exercice vérifie qu’ils y sont lisibles.',
};
