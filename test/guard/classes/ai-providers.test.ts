import { testClass } from './test-class';

const calls = (URL: string) => ({
  type: 'AWS::Lambda::Function',
  properties: { Environment: { Variables: { URL } } },
});
const code = (ZipFile: string) => ({ type: 'AWS::Lambda::Function', properties: { Code: { ZipFile } } });

testClass('hosts of AI providers', {
  leaks: {
    Gemini: calls('https://generativelanguage.googleapis.com/v1beta'),
    OpenRouter: calls('https://openrouter.ai/api/v1'),
    DeepSeek: calls('https://api.deepseek.com'),
    Groq: calls('https://api.groq.com/openai/v1'),
    Cohere: calls('https://api.cohere.com/v2'),
    Mistral: calls('https://api.mistral.ai/v1'),
    xAI: calls('https://api.x.ai/v1'),
    Perplexity: calls('https://api.perplexity.ai'),
    Together: calls('https://api.together.xyz/v1'),
    Fireworks: calls('https://api.fireworks.ai/inference/v1'),
    'Hugging Face': calls('https://router.huggingface.co/v1'),
    Replicate: calls('https://api.replicate.com/v1'),
    'Azure in Virginia, by the host of its Region': calls('https://eastus.api.cognitive.microsoft.com'),
    'Azure in London, by the host of its Region': calls('https://uksouth.api.cognitive.microsoft.com'),
    'Azure in a Region that no fact knows': calls('https://moonbase.api.cognitive.microsoft.com'),
    'Azure in Sweden, whose deployment may be worldwide': calls('https://swedencentral.api.cognitive.microsoft.com'),
    'Azure OpenAI, whose host names no Region': calls('https://contoso.openai.azure.com'),
    'Vertex in Iowa': calls('https://us-central1-aiplatform.googleapis.com'),
    'Vertex in London': calls('https://europe-west2-aiplatform.googleapis.com'),
    'Vertex in Zurich': calls('https://europe-west6-aiplatform.googleapis.com'),
    'Vertex anywhere': calls('https://aiplatform.googleapis.com'),
    'Gemini in code': code("const url = 'https://generativelanguage.googleapis.com/v1beta/models';"),
    "Vertex's location in code": code("new VertexAI({ project: 'p', location: 'us-central1' });"),
  },
  nearMisses: {
    'Vertex in Belgium': calls('https://europe-west1-aiplatform.googleapis.com'),
    'Vertex in the Netherlands': calls('https://europe-west4-aiplatform.googleapis.com'),
    'Vertex in the EU': calls('https://aiplatform.eu.rep.googleapis.com'),
    "Azure's own name of Sweden": calls('swedencentral'),
    Scaleway: calls('https://api.scaleway.ai/v1'),
    'a host that only ends alike': calls('https://notapi.groq.company.example'),
    'the name of a provider': calls('openrouter'),
  },
});
