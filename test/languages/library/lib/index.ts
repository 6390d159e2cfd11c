export { ResidencyBoundary } from 'cdk-eu-residency';
export * from './chat-workspace';
