import type { Words } from '../en/en';

export const aiAct: Words['aiAct'] = {
  title: 'Obligations au titre du règlement sur l’IA (articles 12, 26 et 50 du règlement (UE) 2024/1689)',
  intro:
    'Dates telles que modifiées par le règlement (UE) 2026/1744. Les articles 12 et 26 concernent les systèmes d’IA à haut risque. Qu’un usage soit à haut risque, par exemple dans l’éducation ou l’emploi (annexe III), dépend de l’usage qu’en fait le responsable du traitement. Leurs dates sont celles des systèmes de l’annexe III ; pour les systèmes de l’annexe I, les obligations qui les concernent s’appliquent à partir du 2 août 2028. L’article 26, paragraphe 10, ne concerne que les services répressifs et n’est pas repris, non plus que le paragraphe 12 (coopération avec les autorités).',
  classificationField:
    'classification de chaque usage selon l’article 6 et l’annexe III, et rôle de fournisseur ou de déployeur',
  classification: 'Classification',
  article: 'Article',
  duty: 'Obligation',
  from: 'Applicable à partir du',
  annexThree: 'annexe III',
  provided: 'Apporté par le déploiement',
  task: 'Reste à faire',
  earlierSystems: (day) => `${day} pour les systèmes mis sur le marché avant le 2 août 2026`,
  duties: {
    logging: {
      duty: 'Enregistrement automatique des événements (fournisseur)',
      provided:
        'Un relevé de chaque requête, et le journal d’audit de chaque utilisation d’une clé, d’un élément ou d’un objet.',
      task: 'Vérifier que les relevés suffisent à la destination du système.',
    },
    use: {
      duty: 'Utilisation conforme à la notice, contrôle humain, pertinence des données d’entrée, surveillance (déployeur)',
      provided: 'Limites, alarmes et relevés par requête.',
      task: 'Confier le contrôle à des personnes disposant de la compétence et de l’autorité nécessaires ; surveiller l’usage.',
    },
    logs: {
      duty: 'Tenue des journaux sous son contrôle pendant au moins six mois (déployeur)',
      provided: 'Voir les durées ci-dessous.',
      task: 'Allonger les durées inférieures à six mois, sauf disposition contraire du droit de l’Union ou du droit national, notamment en matière de protection des données.',
    },
    workers: {
      duty: 'Information des travailleurs et de leurs représentants avant l’utilisation sur le lieu de travail (déployeur)',
      provided: 'La fiche destinée aux représentants des travailleurs indique ce qui est consigné.',
      task: 'Les informer.',
    },
    registration: {
      duty: 'Enregistrement de l’utilisation dans la base de données de l’UE, et utilisation des seuls systèmes enregistrés (déployeurs qui sont des autorités publiques ou des organes de l’Union)',
      provided: 'Rien.',
      task: 'Vérifier l’enregistrement du système et enregistrer l’utilisation (article 49, paragraphe 3).',
    },
    assessment: {
      duty: 'Utilisation des informations du fournisseur (article 13) pour l’analyse d’impact relative à la protection des données (déployeur)',
      provided: 'La trame de l’analyse prévue à l’article 35 du RGPD.',
      task: 'Obtenir ces informations et les utiliser dans l’analyse.',
    },
    decisions: {
      duty: 'Information des personnes au sujet desquelles le système prend ou aide à prendre des décisions (déployeur)',
      provided: 'Rien : la passerelle n’a pas d’interface utilisateur.',
      task: 'Les informer.',
    },
    interaction: {
      duty: 'Information des personnes qu’elles interagissent avec un système d’IA (fournisseur)',
      provided: 'Rien : la passerelle n’a pas d’interface utilisateur.',
      task: 'Informer les utilisateurs dans l’application.',
    },
    marking: {
      duty: 'Marquage des contenus générés dans un format lisible par machine (fournisseur)',
      provided:
        'Un en-tête pour chaque réponse et des métadonnées pour les éléments conservés et exportés ; non signés, sans filigrane.',
      task: 'Transmettre la marque ; décider si un marquage supplémentaire est requis.',
    },
    emotions: {
      duty: 'Information des personnes exposées à la reconnaissance des émotions ou à la catégorisation biométrique (déployeur)',
      provided: 'Rien : la passerelle n’a pas d’interface utilisateur.',
      task: 'Déterminer si un usage est de cette nature et, le cas échéant, les informer. Inférer des émotions au travail ou dans l’enseignement est interdit, sauf pour des raisons médicales ou de sécurité (article 5, paragraphe 1, point f)).',
    },
    disclosure: {
      duty: 'Indication que des contenus ont été générés par une IA (déployeur)',
      provided: 'Rien : la passerelle n’a pas d’interface utilisateur.',
      task: 'Signaler les hypertrucages et les textes publiés sur des questions d’intérêt public, sauf s’ils ont fait l’objet d’un examen humain ou d’un contrôle éditorial et qu’une personne en assume la responsabilité éditoriale.',
    },
  },
  periods: 'Durées de conservation des journaux',
  log: 'Journal',
  sixMonths: 'Au moins six mois',
};
