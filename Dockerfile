FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The explorer's bundle comes from npm; nothing of it but the bundle reaches the image
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish Host -c Release -p:CI=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# For the health check
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
RUN install -d -o $APP_UID /var/lib/mille-cafes
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
USER $APP_UID
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=12 CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "MilleCafes.Host.dll"]
