import type { Component } from 'svelte';
import type { PageName } from './core/route';

type Later = () => Promise<{ default: Component }>;

/** Where each page's code is. The board is the first page and comes with the rest; the others come when asked for. */
export const LATER: Record<Exclude<PageName, 'board' | 'missing'>, Later> = {
  issue: () => import('./issue/Issue.svelte'),
  overview: () => import('./overview/Overview.svelte'),
  attention: () => import('./attention/Attention.svelte'),
  projects: () => import('./projects/Projects.svelte'),
  agents: () => import('./agents/Agents.svelte'),
  lanes: () => import('./lanes/Lanes.svelte'),
  automation: () => import('./automation/Automation.svelte'),
  audit: () => import('./audit/Audit.svelte'),
  health: () => import('./health/Health.svelte'),
  login: () => import('./login/Login.svelte'),
};
