"""`GET responses`: how pain and numbness changed around the sessions that had an exercise in them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.listing import PERIOD, read_period
from accounts.schema import PROBLEM
from exercises.models import Session
from exercises.response import VERDICTS, responses


class ChangeSerializer(serializers.Serializer):
    n = serializers.IntegerField(help_text="Sessions that rated both moments.")
    mean = serializers.FloatField(help_text="Points 0-10 against before, pulled to 0 while sessions are few.")
    low = serializers.FloatField(help_text="95 % interval of the mean.")
    high = serializers.FloatField()
    verdict = serializers.ChoiceField(choices=VERDICTS)


class MomentsSerializer(serializers.Serializer):
    after = ChangeSerializer(allow_null=True)
    next_morning = ChangeSerializer(allow_null=True)


class ResponseSerializer(serializers.Serializer):
    exercise = serializers.CharField(help_text="Its slug.")
    sessions = serializers.IntegerField(help_text="In which it was done, wholly or partly.")
    pain = MomentsSerializer()
    numbness = MomentsSerializer()


class ResponsesSerializer(serializers.Serializer):
    results = ResponseSerializer(many=True, help_text="Most often done first.")


class ResponsesView(APIView):
    @extend_schema(operation_id="responses", parameters=PERIOD, responses={200: ResponsesSerializer, 400: PROBLEM})
    def get(self, request: Request) -> Response:
        """
        Per exercise, what pain and numbness did from before a session to after it and to the next morning.

        A session's ratings count for every exercise that was done in it: they share the credit.
        """
        sessions = Session.objects.for_user(person_of(request)).between(*read_period(request))
        return Response({"results": responses(sessions.rated())})
