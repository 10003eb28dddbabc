"""Pictures from the chat and from people's own pages become photos: noted, fetched, made safe, kept, and tidied up
after."""
