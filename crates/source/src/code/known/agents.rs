//! What makes an agent, a tool or an MCP server.

use super::pattern::Pattern;

const fn any(call: &'static str) -> Pattern {
    Pattern { call, of: &[] }
}

const fn of(call: &'static str, of: &'static [&'static str]) -> Pattern {
    Pattern { call, of }
}

/// Calls that make an agent.
pub(crate) const AGENTS: &[Pattern] = &[
    any("Agent"),
    any("LlmAgent"),
    any("SequentialAgent"),
    any("ParallelAgent"),
    any("LoopAgent"),
    any("AssistantAgent"),
    any("ConversableAgent"),
    any("UserProxyAgent"),
    any("CodeAgent"),
    any("ToolCallingAgent"),
    any("ReActAgent"),
    any("ReActAgent.from_tools"),
    any("FunctionAgent"),
    any("FunctionCallingAgent.from_tools"),
    any("FunctionCallingAgentWorker.from_tools"),
    any("OpenAIAgent.from_tools"),
    any("AgentWorkflow*"),
    any("AgentExecutor"),
    any("AgentExecutor.from_agent_and_tools"),
    any("create_react_agent"),
    any("createReactAgent"),
    any("create_agent"),
    any("create_supervisor"),
    any("create_swarm"),
    any("create_deep_agent"),
    any("create_tool_calling_agent"),
    any("create_openai_functions_agent"),
    any("create_openai_tools_agent"),
    any("create_structured_chat_agent"),
    any("create_sql_agent"),
    any("create_csv_agent"),
    any("create_pandas_dataframe_agent"),
    any("create_json_chat_agent"),
    any("create_xml_agent"),
    any("createToolCallingAgent"),
    any("createOpenAIFunctionsAgent"),
    any("initialize_agent"),
    any("initializeAgentExecutor*"),
    any("ConversationalChatAgent.*"),
    any("ChatCompletionAgent"),
    any("Assistant"),
    any("assistants.create"),
    of("ToolLoopAgent", &["ai"]),
    of("StateGraph", &["langgraph", "@langchain"]),
    of("MessageGraph", &["langgraph"]),
    of("Crew", &["crewai"]),
    of("ReAct", &["dspy"]),
    any("SelectorGroupChat"),
    any("RoundRobinGroupChat"),
    any("Swarm"),
];

/// Packages of which `Agent`, `Assistant` and other words of everyday mean an agent.
pub(crate) const AGENT_PACKAGES: &[&str] = &[
    "crewai",
    "agents",
    "openai",
    "pydantic_ai",
    "langchain",
    "langgraph",
    "@langchain",
    "@openai",
    "agno",
    "phi",
    "google",
    "strands",
    "autogen",
    "llama_index",
    "haystack",
    "swarm",
    "smolagents",
    "@mastra",
    "mastra",
    "autogen",
    "semantic_kernel",
    "agency_swarm",
    "mcp_agent",
    "beeai",
    "upsonic",
    "dspy",
    "praisonai",
    "vanna",
    "ai",
    "camel",
    "atomic_agents",
    "ag2",
    "livekit",
    "lagent",
    "qwen_agent",
    "metagpt",
    "browser_use",
    "deepagents",
    "uagents",
];

/// Decorators that make a function a tool.
pub(crate) const TOOL_DECORATORS: &[&str] = &[
    "tool",
    "function_tool",
    "tool_plain",
    "kernel_function",
    "ai_function",
    "register_for_llm",
    "tool_spec",
    "ai_callable",
    "llm_tool",
    "beta_tool",
    "ai_tool",
    "register_tool",
];

/// Classes of which a subclass is a tool.
pub(crate) const TOOL_CLASSES: &[&str] = &[
    "BaseTool",
    "Tool",
    "StructuredTool",
    "BaseToolSpec",
    "FunctionTool",
    "BaseAnthropicTool",
    "Toolkit",
    "BaseToolkit",
    "DynamicTool",
    "DynamicStructuredTool",
    "RagTool",
];

/// Calls that make a tool, and the keywords and places of its name and description.
pub(crate) const TOOL_CALLS: &[(Pattern, &[&str], &[&str])] = &[
    (any("StructuredTool.from_function"), &["name", "func", "coroutine", "0"], &["description"]),
    (any("Tool.from_function"), &["name", "1", "func"], &["description", "2"]),
    (any("FunctionTool.from_defaults"), &["name", "fn", "async_fn", "0"], &["description"]),
    (any("QueryEngineTool.from_defaults"), &["name"], &["description"]),
    (any("create_retriever_tool"), &["name", "1"], &["description", "2"]),
    (any("createRetrieverTool"), &["name"], &["description"]),
    (any("Tool"), &["name", "0", "func", "function"], &["description", "2"]),
    (any("StructuredTool"), &["name"], &["description"]),
    (any("FunctionTool"), &["name", "func", "0"], &["description"]),
    (any("ToolMetadata"), &["name"], &["description"]),
    (any("DynamicTool"), &["name"], &["description"]),
    (any("DynamicStructuredTool"), &["name"], &["description"]),
    (any("FunctionDeclaration"), &["name", "0"], &["description", "1"]),
    (any("FunctionDeclaration.from_func"), &["0"], &[]),
    (of("RunnableTool", &["langchain"]), &["name"], &["description"]),
    (any("registerTool*"), &["0"], &["description"]),
    (any("addTool"), &["name"], &["description"]),
    (any("add_tool"), &["name", "fn", "0"], &["description"]),
    (of("createTool", &["@mastra"]), &["id"], &["description"]),
    (any("server.tool"), &["0"], &["1"]),
    (any("McpServer().tool"), &["0"], &["1"]),
];

/// Calls that define an MCP server, with its name.
pub(crate) const MCP_SERVERS: &[(Pattern, &[&str])] = &[
    (any("FastMCP"), &["name", "0"]),
    (any("McpServer"), &["name", "0"]),
    (of("Server", &["mcp", "@modelcontextprotocol"]), &["name", "0"]),
    (of("MCPServer", &["mcp"]), &["name", "0"]),
    (any("createMcpHandler"), &["name"]),
];

/// Calls that use an MCP server: started by a command, or at an address.
pub(crate) const MCP_CLIENTS: &[Pattern] = &[
    any("StdioServerParameters"),
    any("MCPServerStdio"),
    any("MCPServerSse"),
    any("MCPServerHTTP"),
    any("MCPServerSSE"),
    any("MCPServerStreamableHttp"),
    any("MCPServerStreamableHTTP"),
    any("StdioServerParams"),
    any("SseServerParams"),
    any("StdioClientTransport"),
    any("SSEClientTransport"),
    any("StreamableHTTPClientTransport"),
    any("sse_client"),
    any("streamablehttp_client"),
    any("streamable_http_client"),
    any("MCPServerAdapter"),
    any("MCPTools"),
    any("MCPToolset"),
    any("MCPClient"),
    any("BasicMCPClient"),
    any("MultiServerMCPClient"),
    any("experimental_createMCPClient"),
    any("createMCPClient"),
    any("hostedMcpTool"),
    any("HostedMCPTool"),
];

/// Packages whose `…Tool`s are tools for agents, made by their constructors.
pub(crate) const TOOL_PACKAGES: &[&str] = &[
    "crewai_tools",
    "langchain_community.tools",
    "langchain.tools",
    "langchain_tavily",
    "langchain_experimental.tools",
    "agents",
    "smolagents",
    "agno.tools",
    "phi.tools",
    "google.adk.tools",
    "strands_tools",
    "@langchain/community/tools",
    "langchain_google_community",
    "langchain_community.utilities.python",
    "langchain_experimental.utilities",
];

/// Types of tools that providers of models run, in front of their date.
pub(crate) const RUN_BY_PROVIDER: &[&str] =
    &["web_search", "web_fetch", "code_execution", "computer", "bash", "text_editor"];

/// Names in such packages that are no tools by themselves.
pub(crate) const NOT_TOOLS: &[&str] = &[
    "BaseTool",
    "Tool",
    "StructuredTool",
    "tool",
    "FunctionTool",
    "function_tool",
    "ToolContext",
    "ToolCollection",
    "ToolCallingAgent",
    "MCPToolset",
    "MCPTools",
    "MCPServerAdapter",
    "HostedMCPTool",
    "format_tool_to_openai_function",
    "ToolMessage",
    "ToolNode",
    "Toolkit",
    "AgentTool",
];
