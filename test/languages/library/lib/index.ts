export * from './chat-workspace';
