/**
 * What the description of each stack of a deployment begins with, and no other does. It identifies the deployment's stacks,
 * because a stack has no tags of its own: only its resources have them.
 */
export const stackDescription = (deployment: string): string => `EU residency, ${deployment}: `;
