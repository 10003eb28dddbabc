# The product alone: no emulator, no local stack, no tests.
FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --prefix=/packages -r requirements.txt

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# Pillow needs it to draw names that are written from the right to left on share cards.
RUN apt-get update && apt-get install --no-install-recommends --yes libfribidi0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home matchmaker \
    && install -d -o matchmaker -m 700 /photos
COPY --from=packages /packages /usr/local
WORKDIR /app
COPY manage.py ./
COPY matchmaker matchmaker
COPY sessions_app sessions_app
COPY conversations_app conversations_app
COPY templates templates
# The settings are checked as a whole whenever they are read; these values end with this step.
RUN SECRET_KEY=only-for-collecting-static-files-0123456789 PUBLIC_BASE_URL=https://match.invalid \
    DATABASE_URL=postgres://nobody@db.invalid/none REDIS_URL=redis://redis.invalid \
    TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000 TWILIO_AUTH_TOKEN=none \
    TWILIO_CONVERSATIONS_SERVICE_SID=IS00000000000000000000000000000000 \
    TWILIO_MESSAGING_SERVICE_SID=MG00000000000000000000000000000000 TWILIO_SENDERS=+15005550007 \
    OPENAI_API_KEY=none OPENAI_MODEL=none \
    python manage.py collectstatic --noinput
USER matchmaker
EXPOSE 8000
ENV PROCESS_ROLE=web
CMD ["granian", "matchmaker.wsgi:application", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", \
     "--workers=2", "--blocking-threads=2", "--backpressure=64", "--workers-kill-timeout=5"]
