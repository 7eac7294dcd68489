// The names the UI uses, taken from paths and not from schema names, so that only the contract's shapes matter.
import type { paths } from './schema';

type Json<R> = R extends { content: { 'application/json': infer T } } ? T : never;
type Get<P extends keyof paths> = paths[P] extends { get: { responses: infer R } }
  ? 200 extends keyof R
    ? Json<R[200]>
    : never
  : never;

export type Health = Get<'/api/health'>;
export type Session = Get<'/api/auth/session'>;
export type Board = Get<'/api/board'>;
export type Changes = Get<'/api/changes'>;
export type Card = Board['columns'][number]['cards'][number];
export type BoardRepository = Board['repositories'][number];
export type IssueDetail = Get<'/api/issues/{id}'>;
export type Lane = Get<'/api/lanes'>[number];
export type Claim = IssueDetail['claims'][number];
export type Explanation = Get<'/api/issues/{id}/explain'>;
export type TimelineEntry = Get<'/api/issues/{id}/timeline'>['entries'][number];
export type AutomationRepository = Get<'/api/automation/repos'>[number];
export type Agent = Get<'/api/agents'>[number];
export type AgentRun = Get<'/api/agent-runs'>[number];
export type AuditEvent = Get<'/api/audit'>[number];
export type Overview = Get<'/api/overview'>;
export type Attention = Get<'/api/attention'>;
export type Project = Get<'/api/projects'>[number];
export type HealthDetails = Get<'/api/health/details'>;
export type SyncRun = Get<'/api/sync/runs'>[number];
export type Webhook = Get<'/api/webhooks'>[number];
