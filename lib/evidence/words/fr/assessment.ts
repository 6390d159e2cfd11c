import type { Words } from '../en/en';

export const assessment: Words['assessment'] = {
  title: 'Analyse d’impact relative à la protection des données : trame (article 35 du RGPD)',
  intro:
    'Les faits du déploiement, dans l’ordre de l’article 35, paragraphe 7, du RGPD. Il appartient au responsable du traitement de décider si une analyse est requise et d’en tirer les conclusions.',
  description: 'Description systématique du traitement (article 35, paragraphe 7, point a))',
  tenants: 'Espaces de travail et projets',
  purposesField: 'finalités et, le cas échéant, intérêt légitime poursuivi',
  scaleField: 'nombre de personnes concernées, fréquence et contexte d’utilisation',
  necessity: 'Nécessité et proportionnalité (article 35, paragraphe 7, point b))',
  necessityField: 'pourquoi le traitement est nécessaire et proportionné au regard des finalités',
  risks: 'Risques pour les droits et libertés (article 35, paragraphe 7, point c))',
  risksOf:
    'Chaque thème est une section de la page des limites connues du paquet. La probabilité et la gravité dépendent de l’usage qu’en fait le responsable du traitement.',
  topic: 'Thème',
  remains: 'Ce qui subsiste',
  limitsStated: (count) => (count === 1 ? '1 limite' : `${count} limites`),
  rating: 'Probabilité et gravité',
  ratingField: 'appréciation',
  open: 'Points ouverts du déploiement',
  point: 'Point',
  reason: 'Motif',
  exception: (rule) => `Exception à la règle ${rule}`,
  approved: (by, until) =>
    `approuvée par ${by}, ${until === undefined ? 'tant que residency.yaml le prévoit' : `expire le ${until}`}`,
  finding: (rule) => `Constat de la règle ${rule}`,
  row: (criterion, count) =>
    count === 1 ? `1 ligne du critère ${criterion}` : `${count} lignes du critère ${criterion}`,
  noOpenPoint: 'Le rapport ne comporte aucune exception, et chacune de ses lignes est conforme.',
  measures: 'Mesures envisagées pour faire face aux risques (article 35, paragraphe 7, point d))',
  measuresAt: 'Voir l’annexe relative à l’article 28, section « Mesures ».',
  furtherField: 'mesures supplémentaires et risque résiduel',
  advice: 'Conseil et consultation',
  adviceField: 'conseil du délégué à la protection des données (article 35, paragraphe 2)',
  viewsField: 'avis des personnes concernées ou de leurs représentants (article 35, paragraphe 9)',
  priorField: 'si une consultation préalable de l’autorité de contrôle est requise (article 36)',
  signature: 'Date et signature',
  signatureField: 'date, nom et signature du responsable du traitement',
  transferTitle: 'Évaluation des transferts vers des pays tiers (chapitre V du RGPD)',
  transferIntro:
    'Ce que le déploiement montre des lieux, et les accès depuis des pays tiers qui subsistent. L’appréciation juridique appartient au responsable du traitement.',
  places: 'Lieux de conservation et de traitement',
  inside: 'Dans le périmètre',
  yes: 'oui',
  no: 'non',
  uses: 'Usage',
  useNames: { stores: 'stockage', keys: 'clés', gateway: 'passerelle', inference: 'modèles', recovery: 'reprise' },
  flows: 'Flux entre régions',
  from: 'De',
  to: 'Vers',
  purpose: 'Objet',
  flowNames: {
    inference: 'appel d’un modèle',
    replication: 'réplication',
    'key copy': 'copie de clés',
    other: 'autre',
  },
  usLaw: 'Droit des États-Unis',
  usLawOf:
    'Amazon Web Services appartient à une société des États-Unis. Le droit américain, notamment l’article 702 du Foreign Intelligence Surveillance Act et le CLOUD Act, s’applique aux fournisseurs détenus par des sociétés américaines, où que se trouvent leurs centres de données. Le seul lieu de conservation n’empêche pas une injonction de divulguer des données.',
  usLawField: 'appréciation de la probabilité et des effets d’une telle injonction pour les données en cause',
  dpf: 'Cadre de protection des données UE–États-Unis',
  dpfOf:
    'La décision d’adéquation (décision d’exécution (UE) 2023/1795) couvre les transferts vers les organisations certifiées. Le Tribunal a rejeté le recours formé contre elle le 3 septembre 2025 (T-553/23) ; un pourvoi a été formé le 31 octobre 2025 (C-703/25 P). Le présent document ne connaît pas la suite de la procédure.',
  dpfField:
    'si le fournisseur est certifié, si la décision est toujours applicable et, à défaut, l’instrument de transfert retenu (article 46)',
  partition: 'Partition du fournisseur',
  commercial: (regions) =>
    `Le déploiement utilise ${regions === 1 ? '1 région' : `${regions} régions`} de la partition aws. IAM, Organizations, Route 53, la facturation et l’assistance y conservent leurs métadonnées hors de l’UE. Les noms, étiquettes et descriptions ne doivent contenir aucune donnée à caractère personnel.`,
  sovereign: (regions) =>
    `Le déploiement utilise ${regions === 1 ? '1 région' : `${regions} régions`} du cloud souverain européen (aws-eusc), qui conserve ses métadonnées dans l’UE.`,
  supplementary: 'Mesures supplémentaires',
  supplementaryOf:
    'Les contenus conservés sont chiffrés. Le fournisseur exploite le service de clés et traite les données en clair pendant l’exécution d’une requête : le chiffrement n’empêche donc pas un accès par le fournisseur.',
  keysOf: (keys) =>
    `Les modèles définissent ou utilisent ${keys === 1 ? '1 clé' : `${keys} clés`} ; le rapport indique pour chacune qui peut déchiffrer.`,
  conclusion: 'Conclusion',
  conclusionField: 'conclusion, date et signature du responsable du traitement',
};
