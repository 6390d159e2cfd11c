import { RemovalPolicy } from 'aws-cdk-lib/core';

/**
 * For what is empty until its stack has been created: retained when the stack is deleted, and deleted if the stack's
 * first deployment is refused.
 */
export const RETAINED_ONCE_CREATED = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/**
 * For what a refused first deployment must not delete, or can't. With deletion protection, its deletion would fail, and
 * stop the rollback; an empty table or user pool costs nothing.
 */
export const ALWAYS_RETAINED = RemovalPolicy.RETAIN;
