/** An API of Bedrock by which chats are sent. */
export enum ChatApi {
  /** Bedrock's own API for all models. */
  CONVERSE = 'converse',

  /** The OpenAI-compatible API of the endpoint `bedrock-runtime`. */
  CHAT_COMPLETIONS = 'chat-completions',
}
