"""Drives a running Dispatch through the official MCP client, as a harness does: from nothing to a completed claim, the
refusals, and two clients that race for the same issues. The client itself checks every answer against the tool's schema.

  BASE                   where Dispatch is, for example http://127.0.0.1:8787
  DISPATCH_AGENT_TOKEN   the token
  REPO                   the repository to work in; it needs ten issues that are ready
"""

import asyncio
import json
import os
from contextlib import AsyncExitStack

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

BASE = os.environ["BASE"]
TOKEN = os.environ["DISPATCH_AGENT_TOKEN"]
REPO = os.environ["REPO"]
VERBS = {
    "claim_next", "renew_claim", "checkpoint_claim", "complete_claim", "release_claim", "block_claim",
    "escalate_claim", "explain_issue", "look_at_queue", "my_claims", "get_claim", "get_issue", "search_issues",
}
RACES = 5


class Refused(Exception):
    """A tool error: the envelope's code."""


class Agent:
    """One client under one name."""

    def __init__(self, client: Client):
        self.client = client

    async def call(self, tool: str, **arguments):
        result = await self.client.call_tool(tool, arguments)
        said = json.loads(result.content[0].text)
        if result.is_error:
            raise Refused(said["error"])
        assert result.structured_content == said, f"{tool}: text and data differ"
        return said

    async def refused(self, tool: str, **arguments) -> str:
        try:
            said = await self.call(tool, **arguments)
        except Refused as refused:
            return str(refused)
        raise AssertionError(f"{tool} was not refused: {said}")

    async def give_back(self, claim):
        await self.call("release_claim", claimId=claim["id"], fence=claim["fence"], reason="The race is over.")


async def connect(stack: AsyncExitStack, name: str, mode: str) -> Agent:
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Agent-Name": name}
    http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=40))
    client = Client(streamable_http_client(f"{BASE}/mcp", http_client=http), mode=mode)
    return Agent(await stack.enter_async_context(client))


def passed(what: str):
    print(f"ok    {what}")


async def from_nothing_to_a_completed_claim(agent: Agent):
    tools = {tool.name: tool for tool in (await agent.client.list_tools()).tools}
    assert VERBS <= tools.keys(), f"missing: {VERBS - tools.keys()}"
    assert all(tool.input_schema and tool.output_schema for tool in tools.values())
    assert "claim_next" in (agent.client.instructions or ""), "the loop is explained"
    passed(f"{len(tools)} tools, typed both ways, over {agent.client.protocol_version}")

    taken = await agent.call("claim_next", requestId="mcp-first", repos=[REPO], wait=20)
    assert taken["claim"], f"there is nothing to claim: {taken}"
    again = await agent.call("claim_next", requestId="mcp-first", repos=[REPO], wait=20)
    assert again["claim"]["fence"] == taken["claim"]["fence"], "the same request is the same claim"
    held = {"claimId": taken["claim"]["id"], "fence": taken["claim"]["fence"]}
    mine = await agent.call("my_claims")
    assert [claim["id"] for claim in mine["claims"]] == [held["claimId"]], mine
    kept = await agent.call("checkpoint_claim", **held, phase="coding", note="Half of it.", data={"step": 1})
    assert kept["claim"]["phase"] == "coding" and kept["claim"]["checkpoint"] == {"step": 1}
    await agent.call("renew_claim", **held, busyFor=600)
    stale = {**held, "fence": held["fence"] - 1}
    assert await agent.refused("renew_claim", **stale) == "claim_lost"
    assert await agent.refused("renew_claim", **held, busyFor=-1) == "invalid"
    ended = await agent.call("complete_claim", **held, outcome="issue_updated", summary="Answered in the issue.")
    assert ended["claim"]["state"] == "ended" and ended["issue"]["status"] == "in-review", ended
    assert (await agent.call("my_claims"))["claims"] == []
    found = await agent.call("get_issue", issueId=taken["claim"]["issueId"])
    assert found["status"] == "in-review"
    why = await agent.call("explain_issue", issueId=found["issueId"])
    assert why["issue"]["issueId"] == found["issueId"] and why["work"], why
    assert (await agent.call("look_at_queue"))["queue"], "the rest is still offered"
    passed(f"{found['repoFullName']}#{found['issueNumber']}: from nothing to a completed claim")


async def sent_on(agent: Agent, other: Agent):
    taken = (await agent.call("claim_next", repos=[REPO]))["claim"]
    held = {"claimId": taken["id"], "fence": taken["fence"]}
    assert await agent.refused("escalate_claim", **held, reason=" ") == "reason_required"
    assert await other.refused("escalate_claim", **held, reason="It is not mine.") == "forbidden"
    ended = await agent.call("escalate_claim", **held, reason="It needs another machine.")
    assert ended["claim"]["endReason"] == "escalated" and ended["issue"]["lane"] != taken["lane"], ended
    assert await agent.refused("renew_claim", **held) == "claim_lost"
    why = await agent.call("explain_issue", issueId=taken["issueId"])
    failed = [gate["code"] for gate in why["work"][0]["gates"] if not gate["passed"]]
    assert failed == ["hidden"], f"the agent that sent it on is not given it again: {why}"
    queue = (await other.call("look_at_queue", lane=ended["issue"]["lane"], limit=100))["queue"]
    mine = [entry for entry in queue if entry["issueId"] == taken["issueId"]]
    assert mine and mine[0]["claimable"], f"anybody else is: {queue}"
    next = await other.call("claim_next", issueId=taken["issueId"])
    assert next["previousAttempts"][0]["endReason"] == "escalated", next
    done = {"claimId": next["claim"]["id"], "fence": next["claim"]["fence"]}
    await other.call("complete_claim", **done, outcome="already_addressed", evidence="It was done before.")
    assert await agent.refused("explain_issue", issueId=1) == "issue_unknown"
    assert await agent.refused("look_at_queue", lane="No Lane") == "invalid"
    passed(f"{ended['issue']['repoFullName']}#{ended['issue']['issueNumber']}: escalated, explained, and done by another agent")


async def two_never_get_the_same(one: Agent, other: Agent):
    ready = (await one.call("search_issues", repo=REPO, status="ready", limit=100))["issues"]
    free = [issue["issueId"] for issue in ready if not issue["claim"] and not issue["hold"] and not issue["agent"]]
    assert len(free) >= 2, "the race needs issues that are ready"
    for issue in free[:RACES]:
        answers = await asyncio.gather(*(agent.call("claim_next", issueId=issue) for agent in (one, other)))
        won = [answer["claim"] for answer in answers if answer["claim"]]
        assert len(won) == 1, f"{issue}: {len(won)} claims"
        lost = next(answer for answer in answers if not answer["claim"])
        assert lost["reasons"], "the one without is told why"
        winner = one if answers[0]["claim"] else other
        await winner.give_back(won[0])
    answers = await asyncio.gather(*(agent.call("claim_next", repos=[REPO]) for agent in (one, other)))
    claims = [answer["claim"] for answer in answers]
    assert all(claims) and claims[0]["issueId"] != claims[1]["issueId"], claims
    theirs = {"claimId": claims[1]["id"], "fence": claims[1]["fence"]}
    assert await one.refused("release_claim", **theirs) == "forbidden"
    await one.give_back(claims[0])
    await other.give_back(claims[1])
    passed(f"two clients raced for {len(free[:RACES])} issues: one claim each, never both")


async def main():
    async with AsyncExitStack() as stack:
        new = await connect(stack, "mcp-new", "auto")
        old = await connect(stack, "mcp-old", "legacy")
        await from_nothing_to_a_completed_claim(new)
        await sent_on(new, old)
        await two_never_get_the_same(new, old)


asyncio.run(main())
