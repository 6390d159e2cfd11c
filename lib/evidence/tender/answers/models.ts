import { answers } from '../model/answer';
import { fact, page, test } from '../model/pointer';
import { has } from '../model/template-pointer';

/** Models, and what their providers retain. */
export const MODELS = answers({
  'models.no-retention': {
    status: 'provided',
    about: 'project',
    text: "A project's requests are served only while a check, by default of the past day, confirms that Bedrock's retention mode is `none` and invocation logging is off in each Region that may process them. Models whose provider may retain content are refused for projects.",
    rest: 'That Bedrock retains nothing in this mode is a statement of AWS. Servers of your own are used without this check. What providers outside AWS retain is stated by the facts or by your contract, and nothing reads it from them. Workspaces store content on purpose and are served without it. A prompt cache holds content for minutes.',
    pointers: [
      test(
        'runtime/gateway/freshness/freshness.long',
        'I5: whatever was read, no project is served from a Region not read as none within the age',
      ),
      fact('retention'),
      has('Custom::BedrockRetention'),
      has('AWS::CloudWatch::Alarm', '/Properties/AlarmActions/*', undefined, { named: /RetentionDrift/ }),
      page('LIMITS#bedrock-retention-and-processing'),
    ],
    words:
      'zero data retention, submitted to the model, disclosed or retained, not retained, not stored model provider, keine speicherung beim modellanbieter, no retention of prompts, keine speicherung der eingaben, abuse monitoring',
  },
  'models.no-training': {
    status: 'inherited',
    text: 'The package trains no model, and sends content only to the declared destinations. Whether AWS or the provider of a model may train with it is stated in their terms.',
    attestation: 'contract',
    pointers: [page('LIMITS#bedrock-retention-and-processing'), fact('retention')],
    words:
      'entrainer, entrainement modele, train model, training model, prompts for training, training eingaben, eingaben training, used training, trainingszweck, trainingsdaten, trainieren',
  },
  'models.choice': {
    status: 'provided',
    about: 'tenant',
    text: 'The configuration names several models of several providers, in the order in which they are tried: those of Bedrock, providers outside AWS of which the facts know the host and its place, and servers in your own network that speak the protocol of OpenAI. `eu-residency models` lists the models of a boundary.',
    rest: 'A model of Bedrock that a buyer names has to be in that list. Providers outside AWS are called with keys of yours. A server of your own needs a private address that the deployed network reaches.',
    pointers: [
      test('stacks/regional-stacks.long', 'a gateway may call each destination in its Region, and tries them in order'),
      test('cli/commands/models.long', 'inside %s it lists what may be called, and nothing else'),
      fact('models'),
      page('CONFIG'),
    ],
    words:
      'several models, choice of model, plusieurs modeles, choix du modele, model agnostic, open weight, large language model, llm, sprachmodell, modele de langage, mistral',
  },
  'models.switched-off': {
    status: 'provided',
    about: 'tenant',
    text: "If a provider can't be reached or refuses the deployment's key or account, the next destination of the model answers. In a deployment with models outside AWS, a provider that goes on refusing leaves use for all gateways, and only a person with the operator's role puts it into use again. That role can also take a provider out of use for a drill, whose report `eu-residency report --drill` adds to the evidence.",
    rest: 'Without another destination of the model, its requests fail. Which model may stand in for another is your choice (`interchangeable`). If AWS ends the account, nothing here answers.',
    pointers: [
      test(
        'runtime/gateway/providers/provider-watch',
        'a provider that refuses every caller leaves after two requests that are ten seconds apart',
      ),
      test(
        'runtime/gateway/providers/known-states',
        'a departure is known at once in its process, and within 30 seconds in the others',
      ),
      test(
        'iam/provider-state',
        'the policy of the table alone keeps a gateway with every permission from readmitting',
      ),
      test('iam/provider-state', 'the operator lists, readmits and drills, and deletes nothing'),
      test('evidence/core/drills', 'a drill is a row of its day, by the command that measured it'),
      page('EGRESS#a-provider-that-is-switched-off'),
    ],
    words:
      'provider is switched off, vendor withdraws, failure of a provider, ausfall eines anbieters, ausfall des anbieters, defaillance du fournisseur, multi provider',
  },
  'models.not-listed': {
    status: 'customer',
    text: "GPT-4o isn't among the models that the facts know at Bedrock. A deployment can call it at OpenAI's host in Europe or in an Azure deployment of yours, with your key, while they offer it there. You have to accept what they call Europe.",
    pointers: [
      fact('models'),
      test('cli/commands/models.long', 'inside %s it lists what may be called, and nothing else'),
      test('config/servers', 'a model of OpenAI is accepted together with its wider Europe'),
      page('LIMITS#other-models'),
    ],
    words: 'gpt 4o',
  },
  'models.use': {
    status: 'provided',
    about: 'tenant',
    text: 'Members and applications send prompts, conversations, images, PDF files and tools to the models inside the boundary, and get text, code or structured data, streamed or not. A client or an application of yours is needed for that.',
    rest: 'What a model can do is up to its provider.',
    pointers: [
      test('local/serve', 'OpenAI’s client chats, streams, responds and embeds in a project'),
      test('runtime/workspace/conversations/conversations.long', 'a conversation is created, continued and read'),
      has('AWS::ApiGateway::Method', '/Properties/Integration/ResponseTransferMode', 'STREAM'),
      page('COMPATIBILITY'),
    ],
    words:
      'text generation, textgenerierung, zusammenfass, summar, synthese, uebersetz, translat, agents conversationnels, analyse documentaire, datenanalyse, inference of models, inference de modeles, generative ai platform',
  },
  'models.no-search': {
    status: 'not-met',
    text: 'Nothing searches the web or a collection of documents. Hosted search tools are refused, because they would send content to a host outside the deployment. An application of yours can search, and send what it finds to a model.',
    pointers: [page('COMPATIBILITY#hosted-tools')],
    words: 'recherche, web search',
  },
  'models.end': {
    status: 'provided',
    about: 'tenant',
    text: 'The facts have the announced end of each model. An hourly check asks Bedrock, and an alarm goes off from 120 days before the end. A request fails over to the next destination of its model.',
    rest: 'The end is announced by the provider, not by the package.',
    pointers: [
      test('runtime/settings/check-lifecycle.long', 'ends in 120 days'),
      has('AWS::CloudWatch::Alarm', '/Properties/AlarmActions/*', undefined, { named: /ModelLegacy/ }),
      page('LIMITS#bedrock-retention-and-processing'),
    ],
    words: 'end of life, end of a model, lebenszyklus, discontinu',
  },
  'models.origin': {
    status: 'not-met',
    text: "Bedrock's models are developed and trained by their providers, and run on accelerators of AWS. The package controls neither. Models of European providers and open-weight models can be chosen.",
    pointers: [page('LIMITS#providers-and-laws'), fact('models')],
    words:
      'european model, europaeische sprachmodelle, modeles souverains, souveran, trained in the eu, foundation model',
  },
  'models.marking': {
    status: 'provided',
    about: 'tenant',
    text: 'Each generated answer has a machine-readable mark in a header, and each stored or exported item that a model generated has one in its metadata.',
    rest: 'The mark is not in the text and not signed. A visible label and the notice that users talk to an AI system are up to your application.',
    pointers: [
      test(
        'runtime/workspace/conversations/provenance',
        'a stored answer has its mark, and what the member sent has none',
      ),
      page('LIMITS#generated-answers'),
    ],
    words:
      'kennzeichnung, kennzeichnen, generated labelled, labelled as generated, labelling, transparency oblig, transparenzpflicht, marking of generated, article 50 marking',
  },
  'models.no-watermark': {
    status: 'not-met',
    text: 'The package adds no watermark to generated text; one that a model made stays. A header, and the metadata of what is stored or exported, say that a model made it.',
    pointers: [page('LIMITS#generated-answers')],
    words: 'watermark, wasserzeichen',
  },
  'models.guardrail': {
    status: 'customer',
    text: "A guardrail of Bedrock is yours to configure: it is off by default, and without one nothing filters prompts or answers. The gateway applies it to every call of its tenant, and a workspace's role permits no call without it.",
    rest: 'System messages, documents and tool results may be unchecked, and the filter makes errors. The condition of IAM was not tried on AWS.',
    pointers: [test('runtime/gateway/guardrails', 'a tenant with a guardrail'), page('LIMITS#guardrails')],
    words:
      'guardrail, safety polic, unsafe, content filter, harmful content, inhaltsfilter, filtre de contenu, jailbreak, prompt injection',
  },
  'models.quality': {
    status: 'customer',
    text: 'The package passes the answers of models on unchanged. It checks neither whether they are true nor whether they are fair. The choice of model, tests, human oversight, and what users are told about how it works, are up to you.',
    pointers: [page('LIMITS#generated-answers'), page('COMPATIBILITY#generated-answers')],
    words:
      'hallucin, model card, evaluation of, halluzin, accuracy of, bias, human oversight, menschliche aufsicht, explainab, erklaerbar, transparen, ethic, ethik, ai act, ki verordnung, reglement ia, high risk ai, hochrisiko, conformity assessment, konformitaetsbewertung',
  },
  'models.no-retrieval': {
    status: 'not-met',
    text: 'There is no vector store, search or knowledge base. Files are stored and sent to a model whole, office files as text. Embeddings are served, so an application of yours can build retrieval on them.',
    pointers: [
      page('LIMITS#stored-content'),
      page('COMPATIBILITY#hosted-tools'),
      page('COMPATIBILITY#post-v1embeddings'),
    ],
    words:
      'rag, retrieval, knowledge base, wissensdatenbank, base de connaissances, vector, vektor, semantic search, eigene dokumente, recherche documentaire',
  },
  'models.no-tuning': {
    status: 'not-met',
    text: 'No model is trained or fine-tuned through the package. It offers no such endpoint.',
    pointers: [page('COMPATIBILITY')],
    words: 'fine tun, finetun, feinabstimmung, specialised training, apprentissage specialise',
  },
  'models.text-only': {
    status: 'not-met',
    text: 'Models answer with text only. Images and PDF files can be sent to models that accept them; there is no speech and no generated image.',
    pointers: [page('COMPATIBILITY#post-v1chatcompletions'), page('LIMITS#stored-content')],
    words: 'voice, speech, sprachausgabe, telefon, audio, image generation, generation d images',
  },
});
