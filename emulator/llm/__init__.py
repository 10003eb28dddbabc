"""A stand-in for an OpenAI-compatible model: a scripted interviewer behind the chat completions protocol.

It knows nothing but what each request carries: the tools offered and the conversation sent.
"""
